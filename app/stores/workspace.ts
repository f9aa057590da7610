// The project that is open: the only truth, owned by the person. Every change makes a new revision; saving and building
// watch the revision. Persisting is lib/storage's; what the engine makes of it is the engine store's.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Project, ProjectFile, Scenario } from "../../engine/workbench/project.ts";
import { type Change, changeBetween } from "../lib/drift.ts";

export interface Workspace {
	readonly ready: boolean;
	readonly id: string;
	/** Counts every change since the page was opened. */
	readonly revision: number;
	/** The revision of the last change that the engine must see; names and breakpoints are none. */
	readonly source: number;
	/** The revision that is on disk. */
	readonly savedRevision: number;
	readonly stamp: string | undefined;
	readonly project: Project;
	/** `performance.now()` of the last edit, to measure the way to its verdict. */
	readonly editedAt: number;
	/** What was changed in texts, as far back as anything the engine said may reach. */
	readonly changes: readonly TextChange[];
}

/** A change that made a revision of the sources. */
export interface TextChange {
	readonly path: string;
	readonly source: number;
	readonly change: Change;
}

export const blank: Project = {
	version: 1,
	name: "untitled",
	files: [{ path: "main.s", text: "" }],
	entry: "main.s",
	scenario: { seed: 1, kernel: "linux-6.18", packets: [], maps: {} },
	breakpoints: [],
	tests: [],
};

export const workspace = createStore<Workspace>(() => ({
	ready: false,
	id: "",
	revision: 0,
	source: 0,
	savedRevision: 0,
	stamp: undefined,
	project: blank,
	editedAt: 0,
	changes: [],
}));

export const useWorkspace = <T>(select: (s: Workspace) => T): T => useStore(workspace, select);
export const useProject = <T>(select: (p: Project) => T): T =>
	useStore(workspace, (s) => select(s.project));

/** Shows another project; it is already saved, or will be with the next change. */
export function showProject(id: string, project: Project, stamp: string | undefined): void {
	workspace.setState((s) => ({
		ready: true,
		id,
		project,
		stamp,
		revision: s.revision + 1,
		source: s.revision + 1,
		savedRevision: stamp === undefined ? 0 : s.revision + 1,
		editedAt: performance.now(),
		changes: [],
	}));
}

export function edit(change: (project: Project) => Project): void {
	workspace.setState((s) => {
		const project = change(s.project);
		if (project === s.project) return s;
		const revision = s.revision + 1;
		const source = sameSource(s.project, project) ? s.source : revision;
		const changes = [...s.changes, ...textChanges(s.project, project, source)];
		return { project, revision, source, editedAt: performance.now(), changes };
	});
}

function textChanges(before: Project, after: Project, source: number): readonly TextChange[] {
	if (before.files === after.files) return [];
	return after.files.flatMap((file) => {
		const { path } = file;
		const old = textOf(before, path);
		if (old === undefined || !("text" in file) || old === file.text) return [];
		return [{ path, source, change: changeBetween(old, file.text) }];
	});
}

function sameSource(a: Project, b: Project): boolean {
	return (
		a.files === b.files && a.entry === b.entry && a.type === b.type && a.scenario === b.scenario
	);
}

export function setText(path: string, text: string): void {
	edit((p) => {
		const there = p.files.find((f) => f.path === path);
		if (!there || !("text" in there) || there.text === text) return p;
		return { ...p, files: p.files.map((f) => (f === there ? { path, text } : f)) };
	});
}

/** The changes of a file's text since a revision of the sources. */
export function changesSince(path: string, source: number): readonly Change[] {
	const { changes } = workspace.getState();
	return changes.filter((c) => c.path === path && c.source > source).map((c) => c.change);
}

/** Forgets the changes that made a revision and those before: nothing older is shown any more. */
export function forgetChanges(source: number): void {
	const { changes } = workspace.getState();
	const kept = changes.filter((c) => c.source > source);
	if (kept.length < changes.length) workspace.setState({ changes: kept });
}

export function putFile(file: ProjectFile): void {
	edit((p) => {
		const there = p.files.some((f) => f.path === file.path);
		const files = there
			? p.files.map((f) => (f.path === file.path ? file : f))
			: [...p.files, file];
		return { ...p, files };
	});
}

export function removeFile(path: string): void {
	edit((p) => {
		const files = p.files.filter((f) => f.path !== path);
		const first = files[0];
		if (!first || files.length === p.files.length) return p;
		return {
			...p,
			files,
			entry: p.entry === path ? first.path : p.entry,
			breakpoints: p.breakpoints.filter((b) => b.file !== path),
		};
	});
}

export function renameFile(path: string, to: string): void {
	edit((p) => {
		if (p.files.some((f) => f.path === to)) return p;
		return {
			...p,
			files: p.files.map((f) => (f.path === path ? { ...f, path: to } : f)),
			entry: p.entry === path ? to : p.entry,
			breakpoints: p.breakpoints.map((b) => (b.file === path ? { ...b, file: to } : b)),
		};
	});
}

export function toggleBreakpoint(file: string, line: number): void {
	edit((p) => {
		const rest = p.breakpoints.filter((b) => b.file !== file || b.line !== line);
		const set = rest.length === p.breakpoints.length;
		return { ...p, breakpoints: set ? [...rest, { file, line }] : rest };
	});
}

export function editScenario(change: (scenario: Scenario) => Scenario): void {
	edit((p) => ({ ...p, scenario: change(p.scenario) }));
}

/** The text of a file; undefined for a binary or absent one. */
export function textOf(project: Project, path: string): string | undefined {
	const file = project.files.find((f) => f.path === path);
	return file && "text" in file ? file.text : undefined;
}
