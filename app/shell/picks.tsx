// The pickers of the top bar: projects, programs, kernel profiles.

import clsx from "clsx";
import { perform } from "../commands/registry.ts";
import { pickProgram } from "../commands/run.ts";
import { currentProgram, engineMirror, useEngine } from "../stores/engine.ts";
import { toneOf } from "../stores/verdict.ts";
import { edit, useProject, workspace } from "../stores/workspace.ts";
import { Icon, Menu, type MenuItem, text } from "../ui/index.ts";
import css from "./frame.module.css";

export function projectItems(): readonly MenuItem[] {
	const item = (id: string, title: string, icon: MenuItem["icon"], divided = false): MenuItem => ({
		id,
		title,
		icon,
		divided,
		onPick: () => perform(id),
	});
	return [
		item("project.list", "Projects…", "files"),
		item("project.new", "New project", "plus"),
		item("project.rename", "Rename…", "file"),
		item("project.import", "Open files…", "open", true),
		item("project.export", "Save as file", "save"),
		item("share", "Share…", "share"),
	];
}

export function kernelItems(): readonly MenuItem[] {
	return [
		{
			id: "6.18",
			title: "Linux 6.18",
			note: "the only profile so far",
			checked: true,
			onPick() {},
		},
	];
}

function programItems(): readonly MenuItem[] {
	const { built, verdicts } = engineMirror.getState();
	const current = currentProgram(built?.programs, workspace.getState().project.program);
	const programs = (built?.programs ?? []).map((p): MenuItem => {
		const tone = toneOf(verdicts[p.name]?.verdict);
		return {
			id: p.name,
			title: p.name,
			note: `${p.typeName ?? p.section}, ${p.length} insns`,
			icon: tone,
			tone: text[tone],
			checked: p === current,
			onPick: () => pickProgram(p.name),
		};
	});
	return current?.typeOpen ? [...programs, ...typeItems(current.typeName)] : programs;
}

const types = [
	"xdp",
	"sched_cls",
	"sched_act",
	"socket_filter",
	"cgroup_skb",
	"kprobe",
	"tracepoint",
	"raw_tracepoint",
	"perf_event",
	"sk_skb",
	"sock_ops",
];

/** Where the section says nothing, the person says what the program is. */
function typeItems(now: string | undefined): readonly MenuItem[] {
	return types.map((type, at) => ({
		id: `type ${type}`,
		title: `Verify as ${type}`,
		divided: at === 0,
		checked: type === now,
		onPick: () => edit((p) => ({ ...p, type })),
	}));
}

export function ProgramPick() {
	const programs = useEngine((s) => s.built?.programs);
	const chosen = useProject((p) => p.program);
	const current = currentProgram(programs, chosen);
	return (
		<Menu label="Program" className={clsx(css.pick, css.boxed)} items={programItems}>
			<Icon name="program" size={12} />
			{current ? (
				<>
					<span className={text.cut}>{current.name}</span>
					<span className={text.dim}>
						{current.typeName ? shortType(current.typeName) : "choose a type"}
					</span>
				</>
			) : (
				<span className={text.mid}>No program</span>
			)}
			<Icon name="down" size={12} />
		</Menu>
	);
}

/** `xdp` → `XDP`, `sched_cls` stays. */
export function shortType(type: string): string {
	return type.length <= 4 ? type.toUpperCase() : type;
}
