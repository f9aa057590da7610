// Mirror of what the engine said last. The page never edits it; replies to older revisions are dropped here.

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
	engineMirror.setState((s) => ({
		build: reply,
		built: reply.programs.length > 0 ? reply : s.built,
		runStale: true,
	}));
	return true;
}

export function tookVerdict(reply: VerifyReply): boolean {
	const { build, verdicts } = engineMirror.getState();
	if (build && build.revision !== reply.revision) return false;
	const programs = new Set(build?.programs.map((p) => p.name));
	const kept = Object.entries(verdicts).filter(([name]) => programs.has(name));
	engineMirror.setState({ verdicts: { ...Object.fromEntries(kept), [reply.program]: reply } });
	return true;
}

export function tookEvent(event: EngineEvent): void {
	switch (event.kind) {
		case "packets":
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
