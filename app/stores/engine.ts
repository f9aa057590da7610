// Mirror of what the engine said last. Replies to older revisions are dropped here; the places in those that are shown move with the text,
// so that whoever reads them finds them where they stand now.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type {
	BuildReply,
	DebugState,
	EngineEvent,
	MapInfo,
	PacketResult,
	ProgramInfo,
	RunReply,
	VerifyReply,
	VisitState,
} from "../../engine/workbench/protocol.ts";
import type { Change } from "../lib/drift.ts";
import { buildAfter, debugAfter, verdictAfter } from "./moved.ts";
import { changesSince, forgetChanges, workspace } from "./workspace.ts";

export interface Mirror {
	readonly status: "starting" | "ready" | "restarting";
	/** The last reply, with or without errors. */
	readonly build?: BuildReply | undefined;
	/** The last reply that had programs; panels show it while the source has errors. */
	readonly built?: BuildReply | undefined;
	readonly verdicts: Readonly<Record<string, VerifyReply>>;
	/** The revision that is being built or verified, since `performance.now()`. */
	readonly working?:
		| {
				readonly revision: number;
				readonly since: number;
				/** It takes long enough that a person may want to stop it. */
				readonly slow: boolean;
		  }
		| undefined;
	/** The revision that all has been said about; until it is the workspace's, what is shown is of an older text. */
	readonly judged: number;
	/** The revision whose verdict the person did not wait for. */
	readonly stopped?: number | undefined;
	readonly running?: { readonly done: number; readonly total: number } | undefined;
	/** By packet index, of the last run. */
	readonly results: Readonly<Record<number, PacketResult>>;
	readonly run?: RunReply | undefined;
	/** The sources changed after the run. */
	readonly runStale: boolean;
	readonly debug?: DebugState | undefined;
	/** The verifier's state at the cursor. */
	readonly visit?: VisitState | undefined;
	readonly maps: readonly (MapInfo & { readonly entries: number })[];
	/** Grows whenever maps may have changed, so that windows are asked for again. */
	readonly mapsVersion: number;
	/** The kernel whose types a person dropped; without it the simulated kernel's count. */
	readonly kernel?: { readonly name: string; readonly types: number } | undefined;
	readonly output: readonly { readonly time: string; readonly text: string }[];
}

const start: Mirror = {
	status: "starting",
	judged: -1,
	verdicts: {},
	results: {},
	runStale: false,
	maps: [],
	mapsVersion: 0,
	output: [],
};

export const engineMirror = createStore<Mirror>(() => start);

export const useEngine = <T>(select: (s: Mirror) => T): T => useStore(engineMirror, select);

/** Forgets everything of the former project. */
export function forget(): void {
	engineMirror.setState(
		(s) => ({
			...start,
			status: s.status,
			kernel: s.kernel,
			output: s.output,
			mapsVersion: s.mapsVersion + 1,
		}),
		true,
	);
}

/** Takes a build unless a newer one is there; answers whether it was taken. */
export function tookBuild(reply: BuildReply): boolean {
	const { build } = engineMirror.getState();
	if (build && build.revision > reply.revision) return false;
	const here = buildAfter(reply, since(reply.revision));
	engineMirror.setState((s) => ({
		build: here,
		built: here.programs.length > 0 ? here : s.built,
		runStale: true,
	}));
	forgetChanges(reply.revision);
	return true;
}

export function tookVerdict(reply: VerifyReply): boolean {
	const { build, verdicts } = engineMirror.getState();
	if (build && build.revision !== reply.revision) return false;
	const programs = new Set(build?.programs.map((p) => p.name));
	const kept = Object.entries(verdicts).filter(([name]) => programs.has(name));
	const here = verdictAfter(reply, since(reply.revision));
	engineMirror.setState({ verdicts: { ...Object.fromEntries(kept), [reply.program]: here } });
	return true;
}

/** Takes where a run stands still, unless the program that it is of has gone meanwhile. */
export function tookDebug(state: DebugState): boolean {
	const { build } = engineMirror.getState();
	if (build?.revision !== state.revision) return false;
	engineMirror.setState({ debug: debugAfter(state, since(state.revision)) });
	return true;
}

const since = (revision: number) => (path: string) => changesSince(path, revision);

/** Moves what is shown with the text that was just changed. */
export function followTexts(): () => void {
	return workspace.subscribe((now, before) => {
		if (now.changes === before.changes || now.id !== before.id) return;
		const known = new Set(before.changes);
		const fresh = now.changes.filter((c) => !known.has(c));
		if (fresh.length === 0) return;
		const changes = (path: string): readonly Change[] =>
			fresh.filter((c) => c.path === path).map((c) => c.change);
		engineMirror.setState((s) => movedMirror(s, changes));
	});
}

function movedMirror(s: Mirror, changes: (path: string) => readonly Change[]): Partial<Mirror> {
	const build = s.build && buildAfter(s.build, changes);
	const built = s.built === s.build ? build : s.built && buildAfter(s.built, changes);
	const verdicts = Object.entries(s.verdicts).map(
		([name, v]) => [name, v, verdictAfter(v, changes)] as const,
	);
	const debug = s.debug && debugAfter(s.debug, changes);
	return {
		build,
		built,
		debug,
		verdicts: verdicts.some(([, old, now]) => old !== now)
			? Object.fromEntries(verdicts.map(([name, , now]) => [name, now]))
			: s.verdicts,
	};
}

export function tookEvent(event: EngineEvent): void {
	switch (event.kind) {
		case "packets":
			// Of a run that nobody waits for any more.
			if (!engineMirror.getState().running) return;
			engineMirror.setState((s) => ({
				results: withResults(s.results, event.results),
				running: s.running && { done: event.done, total: event.total },
			}));
			return;
		case "progress":
			engineMirror.setState((s) => ({
				running: s.running && { done: event.done, total: event.total },
			}));
			return;
		case "output":
			say(event.text);
			return;
		default:
			event satisfies never;
	}
}

export function withResults(
	before: Mirror["results"],
	results: readonly PacketResult[],
): Mirror["results"] {
	const after: Record<number, PacketResult> = { ...before };
	for (const result of results) after[result.index] = result;
	return after;
}

/** A line of the Output panel. */
export function say(text: string): void {
	const time = new Date().toLocaleTimeString("en-GB");
	engineMirror.setState((s) => ({ output: [...s.output.slice(-999), { time, text }] }));
}

/** The program that Run and Step use: the chosen one, else the first. */
export function currentProgram(
	programs: readonly ProgramInfo[] | undefined,
	chosen: string | undefined,
): ProgramInfo | undefined {
	return programs?.find((p) => p.name === chosen) ?? programs?.[0];
}
