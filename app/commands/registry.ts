// Every command once: id, title, keys, when, what. Menus, palette, toolbar, key handler and the shortcuts sheet read it.

import { pickFiles } from "../lib/dom.ts";
import { dialogs, openDialog } from "../stores/dialogs.ts";
import { engineMirror, useEngine } from "../stores/engine.ts";
import { settings, systemTheme } from "../stores/settings.ts";
import { useWorkspace, workspace } from "../stores/workspace.ts";
import type { IconName } from "../ui/index.ts";
import { canFormat, format } from "./format.ts";
import { importFiles, readable } from "./import.ts";
import { exportObject, exportProject, newProject, save } from "./project.ts";
import {
	debug,
	leave,
	program,
	resume,
	run,
	seek,
	step,
	stepping,
	stop,
	stride,
	toCursor,
	whyNotRun,
} from "./run.ts";
import { settled } from "./session.ts";
import { pickActivity, resetLayout, showPanel, toggleDock } from "./view.ts";

export interface Command {
	readonly id: string;
	readonly title: string;
	readonly note?: string;
	readonly icon?: IconName;
	readonly group: "Run" | "Project" | "View" | "Help";
	readonly keys?: string;
	/** Why it cannot run now; undefined when it can. */
	readonly whyNot?: () => string | undefined;
	readonly run: () => unknown;
}

const paused = () => engineMirror.getState().debug !== undefined;
const notPaused = () => (paused() ? undefined : "Nothing is paused");
const busy = () => {
	const { running, working, debug } = engineMirror.getState();
	if (running || debug || stepping() || working?.slow) return undefined;
	return "Nothing runs";
};

export function pickAndImport(): void {
	void pickFiles(readable).then(importFiles);
}

export function cycleTheme(): void {
	const { theme } = settings.getState();
	const shown = theme === "system" ? systemTheme() : theme;
	settings.setState({ theme: shown === "dark" ? "light" : "dark" });
}

const running: readonly Command[] = [
	{
		id: "run",
		title: "Run",
		note: "all packets",
		icon: "run",
		group: "Run",
		keys: "F5",
		whyNot: () => (paused() ? undefined : whyNotRun()),
		run: () => (paused() ? resume() : run()),
	},
	{
		id: "run.unverified",
		title: "Run unverified",
		note: "checked interpreter, with a step budget",
		icon: "run",
		group: "Run",
		whyNot: () => whyNotRun(true),
		run: () => run(true),
	},
	{
		id: "step",
		title: "Step",
		note: "one instruction; in C, one line",
		icon: "step",
		group: "Run",
		keys: "F10",
		whyNot: () => (paused() ? undefined : whyNotRun(true)),
		run: () => stride("into"),
	},
	{
		id: "step.insn",
		title: "Step one instruction",
		icon: "step",
		group: "Run",
		keys: "F11",
		whyNot: () => (paused() ? undefined : whyNotRun(true)),
		run: () => step("into"),
	},
	{
		id: "step.insnBack",
		title: "Step back one instruction",
		icon: "back",
		group: "Run",
		whyNot: notPaused,
		run: () => step("back"),
	},
	{
		id: "debug",
		title: "Step through the packet",
		note: "from its first instruction",
		icon: "pause",
		group: "Run",
		whyNot: () => whyNotRun(true),
		run: debug,
	},
	{
		id: "step.back",
		title: "Step back",
		icon: "back",
		group: "Run",
		keys: "Shift+F10",
		whyNot: notPaused,
		run: () => stride("back"),
	},
	{
		id: "step.over",
		title: "Step over call",
		icon: "over",
		group: "Run",
		keys: "Alt+F10",
		whyNot: notPaused,
		run: () => stride("over"),
	},
	{
		id: "step.backOver",
		title: "Step back over call",
		icon: "backOver",
		group: "Run",
		keys: "Alt+Shift+F10",
		whyNot: notPaused,
		run: () => stride("back-over"),
	},
	{
		id: "step.out",
		title: "Step out",
		icon: "out",
		group: "Run",
		keys: "Shift+F11",
		whyNot: notPaused,
		run: () => step("out"),
	},
	{
		id: "step.reverse",
		title: "Back to the previous breakpoint",
		icon: "rewind",
		group: "Run",
		keys: "Shift+F5",
		whyNot: notPaused,
		run: () => step("reverse-continue"),
	},
	{
		id: "step.cursor",
		title: "Run to the cursor",
		icon: "toEnd",
		group: "Run",
		keys: "Mod+F10",
		whyNot: notPaused,
		run: toCursor,
	},
	{
		id: "step.start",
		title: "Go to the first step",
		icon: "rewind",
		group: "Run",
		whyNot: notPaused,
		run: () => step("start"),
	},
	{
		id: "step.end",
		title: "Go to the last step",
		icon: "toEnd",
		group: "Run",
		whyNot: notPaused,
		run: () => step("end"),
	},
	{
		id: "step.goto",
		title: "Go to step…",
		note: "type a number, or 50%",
		icon: "clock",
		group: "Run",
		keys: "Mod+G",
		whyNot: notPaused,
		run: () => openDialog({ kind: "goto" }),
	},
	{ id: "leave", title: "End stepping", icon: "stop", group: "Run", whyNot: notPaused, run: leave },
	{
		id: "stop",
		title: "Stop",
		icon: "stop",
		group: "Run",
		keys: "Shift+Escape",
		whyNot: busy,
		run: stop,
	},
];

const project: readonly Command[] = [
	{
		id: "share",
		title: "Share…",
		note: "a link that holds the project",
		icon: "share",
		group: "Project",
		keys: "Mod+Shift+S",
		run: () => openDialog({ kind: "share" }),
	},
	{ id: "project.new", title: "New project", icon: "plus", group: "Project", run: newProject },
	{
		id: "project.list",
		title: "Projects…",
		icon: "files",
		group: "Project",
		run: () => openDialog({ kind: "projects" }),
	},
	{
		id: "project.rename",
		title: "Rename the project…",
		group: "Project",
		icon: "file",
		run: () => openDialog({ kind: "name", title: "Rename the project" }),
	},
	{
		id: "save",
		title: "Save",
		note: "kept as it is typed; Settings can make it format",
		icon: "save",
		group: "Project",
		keys: "Mod+S",
		run: save,
	},
	{
		id: "project.export",
		title: "Save as file",
		note: "a .skep.json with everything in it",
		icon: "save",
		group: "Project",
		run: exportProject,
	},
	{
		id: "object.export",
		title: "Save as object file",
		note: ".o for libbpf and bpftool",
		icon: "object",
		group: "Project",
		run: () => void exportObject(),
	},
	{
		id: "project.import",
		title: "Open files…",
		note: ".c .s .o .pcap .pcapng .skep.json",
		icon: "open",
		group: "Project",
		keys: "Mod+O",
		run: pickAndImport,
	},
	{
		id: "file.new",
		title: "New file…",
		icon: "file",
		group: "Project",
		run: () => openDialog({ kind: "file" }),
	},
	{
		id: "format",
		title: "Format the file",
		note: "the kernel's style in C",
		icon: "code",
		group: "Project",
		keys: "Alt+Shift+F",
		whyNot: () => (canFormat() ? undefined : "No text is open"),
		run: format,
	},
	{
		id: "packet.new",
		title: "Add a packet…",
		icon: "packet",
		group: "Project",
		run: () => openDialog({ kind: "packet" }),
	},
];

const view: readonly Command[] = [
	{
		id: "outline",
		title: "Outline",
		note: "declarations in C, labels in assembly",
		icon: "code",
		group: "View",
		keys: "Mod+Shift+O",
		run: () => openDialog({ kind: "palette", text: "@" }),
	},
	{
		id: "palette",
		title: "Commands…",
		icon: "search",
		group: "View",
		keys: "Mod+K",
		run: () => openDialog({ kind: "palette" }),
	},
	{
		id: "view.files",
		title: "Show files",
		icon: "files",
		group: "View",
		run: () => pickActivity("files"),
	},
	{
		id: "view.examples",
		title: "Show examples",
		icon: "examples",
		group: "View",
		run: () => pickActivity("examples"),
	},
	{
		id: "view.bottom",
		title: "Show or hide the lower dock",
		icon: "down",
		group: "View",
		keys: "Mod+J",
		run: () => toggleDock("bottom"),
	},
	{
		id: "view.right",
		title: "Show or hide the right dock",
		icon: "right",
		group: "View",
		run: () => toggleDock("right"),
	},
	{
		id: "view.assembly",
		title: "Show or hide assembly beside the editor",
		icon: "code",
		group: "View",
		run: () => toggleDock("side"),
	},
	{
		id: "view.reset",
		title: "Put all panels back as drawn",
		icon: "table",
		group: "View",
		run: resetLayout,
	},
	{
		id: "theme",
		title: "Switch between dark and light",
		icon: "theme",
		group: "View",
		run: cycleTheme,
	},
	{
		id: "theme.contrast",
		title: "High contrast",
		icon: "theme",
		group: "View",
		run: () => settings.setState({ theme: "contrast" }),
	},
	{
		id: "theme.system",
		title: "Follow the system's theme",
		icon: "theme",
		group: "View",
		run: () => settings.setState({ theme: "system" }),
	},
	{
		id: "settings",
		title: "Settings…",
		icon: "settings",
		group: "View",
		keys: "Mod+,",
		run: () => openDialog({ kind: "settings" }),
	},
	...(
		[
			"assembly",
			"verifier",
			"registers",
			"stack",
			"maps",
			"packets",
			"terminal",
			"problems",
			"output",
			"object",
		] as const
	).map(
		(panel): Command => ({
			id: `panel.${panel}`,
			title: `Show ${panel[0]?.toUpperCase()}${panel.slice(1)}`,
			group: "View",
			icon: "table",
			run: () => showPanel(panel),
		}),
	),
];

const help: readonly Command[] = [
	{
		id: "shortcuts",
		title: "Keyboard shortcuts",
		icon: "keyboard",
		group: "Help",
		keys: "F1",
		run: () => openDialog({ kind: "shortcuts" }),
	},
];

export const commands: readonly Command[] = [...running, ...project, ...view, ...help];
const byId = new Map(commands.map((c) => [c.id, c]));

export function command(id: string): Command {
	const found = byId.get(id);
	if (!found) throw new Error(`no command ${id}`);
	return found;
}

/** Runs a command unless it has a reason not to. While the verdict is on its way the reason is of an older text: it is asked for again
 *  then. */
export function perform(id: string): void {
	const c = command(id);
	if (c.whyNot?.() === undefined) return void c.run();
	if (engineMirror.getState().judged === workspace.getState().source) return;
	void settled().then(() => c.whyNot?.() === undefined && c.run());
}

/** The command that a combination stands for. */
export function commandFor(combo: string): Command | undefined {
	return commands.find((c) => c.keys === combo);
}

/** Whether keys belong to an open dialog. */
export const dialogOpen = (): boolean => dialogs.getState().open !== undefined;

/** Watches everything that `whyNot` reads, and answers the reason. */
export function useWhyNot(id: string): string | undefined {
	useEngine((s) => s.build);
	useEngine((s) => s.verdicts);
	useEngine((s) => s.running);
	useEngine((s) => s.debug);
	useEngine((s) => s.working);
	useWorkspace((s) => s.project.program);
	return command(id).whyNot?.();
}

export { program, seek };
