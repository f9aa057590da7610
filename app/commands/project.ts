// Projects as a whole: restore, save, open, new, import and export. Nothing here ever overwrites unsaved work: another
// project always gets an id of its own, and the former one stays in the list.

import type { Project } from "../../engine/workbench/project.ts";
import { download } from "../lib/dom.ts";
import { decodeLink, isLink } from "../lib/share.ts";
import {
	projectStorage,
	type Saved,
	type Summary,
	takeJournal,
	writeJournal,
} from "../lib/storage.ts";
import { cursor } from "../stores/cursor.ts";
import { settings } from "../stores/settings.ts";
import { toast } from "../stores/toasts.ts";
import { blank, edit, showProject, workspace } from "../stores/workspace.ts";
import { format } from "./format.ts";
import { debugAt } from "./run.ts";
import { askAgain, reportBug } from "./session.ts";
import { openFile, settleTabs } from "./view.ts";

const storage = projectStorage<Project>();
const pause = 250;
let timer: ReturnType<typeof setTimeout> | undefined;
let saving: Promise<void> = Promise.resolve();

const newStamp = () => crypto.randomUUID();

function entry(): Saved<Project> {
	const { id, project } = workspace.getState();
	return { id, name: project.name, updated: Date.now(), stamp: newStamp(), project };
}

/** Opens what was open last, with what the journal kept; a link goes first. */
export async function restore(starter: () => Promise<Project>): Promise<void> {
	const journal = takeJournal<Project>();
	try {
		const id = journal?.id ?? (await storage.current());
		const saved = id === undefined ? undefined : await storage.load(id);
		const newest = journal && journal.updated >= (saved?.updated ?? 0) ? journal : saved;
		if (newest) show(newest.id, newest.project, saved?.stamp);
		else show(newStamp(), await starter(), undefined);
		if (newest === undefined || newest === journal) schedule();
	} catch (error) {
		reportBug(error);
		show(newStamp(), journal?.project ?? (await starter()), undefined);
		toast("warning", "This browser keeps no data for the page: save the project as a file.");
	}
	workspace.subscribe((now, before) => {
		if (now.revision !== before.revision) schedule();
	});
	addEventListener("pagehide", () => {
		if (unsaved()) writeJournal(entry());
	});
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState === "hidden") void saveNow();
	});
	addEventListener("hashchange", () => void openLink());
	await openLink();
}

const unsaved = () => workspace.getState().revision !== workspace.getState().savedRevision;

function show(id: string, project: Project, stamp: string | undefined): void {
	showProject(id, project, stamp);
	const { view, entry: file } = project;
	cursor.setState({
		file,
		line: 1,
		column: 1,
		pc: view?.pc,
		visit: 1,
		packet: view?.packet ?? 0,
		by: "open",
	});
	settleTabs();
	document.title = `${project.name} · Skep`;
}

function schedule(): void {
	clearTimeout(timer);
	timer = setTimeout(() => void saveNow(), pause);
}

/** Saves at once; saves follow one another, so the newest always wins. */
export function saveNow(): Promise<void> {
	clearTimeout(timer);
	saving = saving.then(store, store);
	return saving;
}

/** What the key for saving does: everything is kept as it is typed, so it says so, and formats first where that is wanted. */
export async function save(): Promise<void> {
	if (settings.getState().formatOnSave) await format();
	await saveNow();
	if (unsaved()) return;
	toast("none", "Saved in this browser.", { title: "Save as file", run: exportProject });
}

async function store(): Promise<void> {
	if (!workspace.getState().ready || !unsaved()) return;
	const { revision, stamp } = workspace.getState();
	const next = entry();
	try {
		if (await storage.save(next, stamp)) {
			if (workspace.getState().id === next.id)
				workspace.setState({ savedRevision: revision, stamp: next.stamp });
			await storage.setCurrent(next.id);
			document.title = `${next.name} · Skep`;
		} else fork(next);
	} catch (error) {
		writeJournal(next);
		toast("warning", `The project could not be saved here: ${String(error)}`);
	}
}

/** Another tab wrote the same project: ours goes on under a new id, theirs stays. */
function fork(mine: Saved<Project>): void {
	const project = { ...mine.project, name: `${mine.project.name} (copy)` };
	showProject(newStamp(), project, undefined);
	schedule();
	toast("warning", "Another tab changed this project. Yours goes on as a copy of its own.");
}

export const projects = (): Promise<readonly Summary[]> => storage.list();

export async function openProject(id: string): Promise<void> {
	await saveNow();
	const saved = await storage.load(id);
	if (saved) {
		show(saved.id, saved.project, saved.stamp);
		openFile(saved.project.entry);
		await storage.setCurrent(id);
	}
}

export async function deleteProject(id: string): Promise<void> {
	const saved = await storage.load(id);
	await storage.remove(id);
	if (!saved) return;
	toast("none", `“${saved.name}” was deleted.`, {
		title: "Undo",
		run: () => void storage.save(saved, undefined),
	});
}

/** Shows a project that came from outside as one of its own; the former one stays in the list. */
export async function adopt(project: Project, from: string): Promise<void> {
	const former = workspace.getState();
	await saveNow();
	show(newStamp(), project, undefined);
	openFile(project.entry);
	await saveNow();
	const kept = `“${former.project.name}” is kept in the project list.`;
	const note = project.note ? ` Try: ${project.note}` : "";
	toast("accept", `Opened ${from}. ${kept}${note}`, {
		title: "Back",
		run: () => void openProject(former.id),
	});
}

export async function newProject(): Promise<void> {
	await saveNow();
	show(newStamp(), blank, undefined);
	openFile(blank.entry);
	schedule();
}

export function renameProject(name: string): void {
	edit((p) => ({ ...p, name: name.trim() || p.name }));
}

export function exportProject(): void {
	const { project } = workspace.getState();
	const safe = project.name.replace(/[^\w.-]+/g, "-");
	download(`${safe}.skep.json`, JSON.stringify(project, null, "\t"));
}

/** Offers the built program as an ELF object. */
export async function exportObject(): Promise<void> {
	const reply = await askAgain((e) => e.objectFile());
	if (!reply) return;
	if ("error" in reply)
		return void toast("reject", `The object cannot be written: ${reply.error}.`);
	const stem = workspace.getState().project.entry.replace(/\.[A-Za-z]+$/, "");
	download(`${stem.replace(/^.*\//, "")}.o`, reply.bytes.slice());
	if (reply.lost.length > 0) toast("warning", reply.lost.join(" "));
}

/** Opens the project in the address's hash, if one is there; the hash goes so that reload keeps later edits. */
async function openLink(): Promise<void> {
	const { hash } = location;
	if (!isLink(hash)) return;
	history.replaceState(null, "", location.pathname + location.search);
	const opened = await decodeLink(hash);
	if (!opened.ok) return void toast("reject", opened.error);
	const { parseProject } = await import("../../engine/workbench/index.ts");
	const checked = parseProject(JSON.stringify(opened.value));
	if (checked.value) {
		await adopt(checked.value, `“${checked.value.name}” from the link`);
		const step = checked.value.view?.step;
		if (step !== undefined) debugAt(step);
	} else toast("reject", checked.diagnostics[0]?.message ?? "The link holds no project.");
}
