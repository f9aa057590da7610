// Run, Step and Stop: sends the scenario's packets through the program, or walks through one of them.

import type { DebugState, ProgramInfo, StepKind } from "../../engine/workbench/protocol.ts";
import { cursor } from "../stores/cursor.ts";
import { currentProgram, engineMirror, say, tookDebug, withResults } from "../stores/engine.ts";
import { settings } from "../stores/settings.ts";
import { toast } from "../stores/toasts.ts";
import { edit, workspace } from "../stores/workspace.ts";
import { pointAtPause } from "./point.ts";
import { ask, halt, refreshMaps, settled, showState } from "./session.ts";
import { stopsOf } from "./stops.ts";
import { showPanel } from "./view.ts";
import { handWatches } from "./watch.ts";

/** The program that Run and Step use, while its build is current. */
export function program(): ProgramInfo | undefined {
	return currentProgram(
		engineMirror.getState().build?.programs,
		workspace.getState().project.program,
	);
}

/** Why Run is not offered; undefined when it is. */
export function whyNotRun(unverified = false): string | undefined {
	const { build, verdicts, running } = engineMirror.getState();
	if (running) return "A run is under way";
	if (!build) return "The engine is starting";
	const p = program();
	if (!p) return build.diagnostics.length > 0 ? "The source has errors" : "There is no program yet";
	const kind = verdicts[p.name]?.verdict.kind;
	if (kind === undefined) return "The verdict is not there yet";
	if (kind === "accepted" || unverified) return undefined;
	return kind === "rejected"
		? "The verifier rejected the program"
		: "The program has no verdict from Skep";
}

/** Waits for the verdict on the text as it stands, and answers whether Run or Step may still go ahead. */
async function mayGo(unverified: boolean): Promise<boolean> {
	const { judged } = engineMirror.getState();
	if (judged === workspace.getState().source) return true;
	await settled();
	const why = whyNotRun(unverified);
	if (why !== undefined) toast("none", `${why}.`);
	return why === undefined;
}

/** Counts runs: a later one, or another project, makes the answer of an earlier one worthless. */
let runs = 0;

export async function run(unverified = false): Promise<void> {
	if (!(await mayGo(unverified))) return;
	const p = program();
	if (!p) return;
	const { project, id } = workspace.getState();
	const total = project.scenario.packets.length;
	if (total === 0) {
		showPanel("packets");
		toast("none", "There are no packets to send yet.");
		return;
	}
	const mine = ++runs;
	engineMirror.setState({
		running: { done: 0, total },
		results: {},
		run: undefined,
		debug: undefined,
	});
	const request = { program: p.name, engine: settings.getState().engine };
	const reply = await ask((e) => e.run(unverified ? { ...request, unverified } : request));
	if (mine !== runs || workspace.getState().id !== id) return;
	engineMirror.setState({ running: undefined });
	if (!reply) return;
	engineMirror.setState((s) => ({
		run: reply,
		results: withResults(s.results, reply.results),
		runStale: s.build?.revision !== reply.revision,
	}));
	const counts = Object.entries(reply.counts).map(([action, n]) => `${n} ${action}`);
	say(`${reply.stopped ? "stopped after " : ""}${counts.join(", ") || "no packets"}`);
	for (const line of reply.trace) say(line);
	await refreshMaps();
}

async function setBreakpoints(name: string): Promise<void> {
	const { breakpoints } = workspace.getState().project;
	const pcs = stopsOf(program()?.listing ?? [], breakpoints);
	await ask((e) => e.breakpoints(name, pcs));
}

/** Pauses before the first instruction of the packet that is shown. */
export function debug(): Promise<void> {
	return inTurn(async () => {
		await begin();
		return undefined;
	});
}

async function begin(): Promise<void> {
	const mine = sessions;
	if (!(await mayGo(true))) return;
	const p = program();
	if (!p) return;
	const { packets } = workspace.getState().project.scenario;
	if (packets.length === 0) {
		showPanel("packets");
		toast("none", "There is no packet to step through yet.");
		return;
	}
	const packet = Math.min(cursor.getState().packet, packets.length - 1);
	await setBreakpoints(p.name);
	await handWatches();
	const accepted = engineMirror.getState().verdicts[p.name]?.verdict.kind === "accepted";
	const state = await ask((e) => e.debug(p.name, packet, !accepted));
	if (state && mine === sessions && took(state)) showPanel("registers");
}

/** Steps to where the sender of a link paused, as soon as the verdict of the project just opened is there. */
export function debugAt(to: number): void {
	const { id } = workspace.getState();
	void settled().then(async () => {
		const now = workspace.getState();
		if (now.id !== id || now.project.scenario.packets.length === 0) return;
		await debug();
		await seek(to);
	});
}

let turn: Promise<void> = Promise.resolve();
/** Counts sessions that were left: what was asked of one of them is answered to nobody. */
let sessions = 0;
let waiting = 0;

/** Steps follow one another: a key pressed before the answer to the last one is a step of its own. Those still to come when the session
 *  is left are not made. */
function inTurn(ask: () => Promise<DebugState | undefined>): Promise<void> {
	const mine = sessions;
	const act = async () => {
		if (mine !== sessions) return;
		const state = await ask();
		if (state && mine === sessions) took(state);
	};
	waiting++;
	turn = turn.then(act, act).finally(() => waiting--);
	return turn;
}

/** Whether steps are under way; Stop leaves them out. */
export const stepping = (): boolean => waiting > 0;

/** What the toolbar's steps do: lines in C, which stands above its instructions; instructions elsewhere. */
export function stride(kind: "into" | "over" | "back" | "back-over"): Promise<void> {
	if (!/\.c$/.test(workspace.getState().project.entry)) return step(kind);
	return step(kind === "into" ? "line" : kind === "over" ? "line-over" : "back-line");
}

export function step(kind: StepKind): Promise<void> {
	return inTurn(async () => {
		if (!engineMirror.getState().debug) {
			if (kind === "into" || kind === "line") await begin();
			return undefined;
		}
		const p = program();
		if (p && (kind === "continue" || kind === "reverse-continue")) await setBreakpoints(p.name);
		return ask((e) => e.step(kind));
	});
}

/** Goes on until the cursor's instruction, with no other breakpoint. */
export function toCursor(): Promise<void> {
	const { pc, by } = cursor.getState();
	const p = program();
	if (!p || pc === undefined || by === "debug") {
		toast("none", "Put the cursor on another line first.");
		return Promise.resolve();
	}
	return inTurn(async () => {
		await ask((e) => e.breakpoints(p.name, [pc]));
		const state = await ask((e) => e.step("continue"));
		await setBreakpoints(p.name);
		return state;
	});
}

/** The seek that is asked for last and not made yet. */
let sought: { to: number; turn: Promise<void> } | undefined;

/** Goes to a step; while one is under way only the last that is asked for counts. */
export function seek(to: number): Promise<void> {
	if (sought?.turn === turn) {
		sought.to = to;
		return turn;
	}
	const mine = { to, turn };
	mine.turn = inTurn(() => {
		if (sought === mine) sought = undefined;
		return ask((e) => e.seek(mine.to));
	});
	sought = mine;
	return mine.turn;
}

/** Goes some steps on or back, from where the steps that are under way lead to. */
export function seekBy(steps: number): Promise<void> {
	return inTurn(async () => {
		const at = engineMirror.getState().debug;
		if (!at) return undefined;
		const to = Math.max(0, Math.min(at.total, at.step + steps));
		return ask((e) => e.seek(to));
	});
}

function took(state: DebugState): boolean {
	if (!tookDebug(state)) return false;
	pointAtPause(engineMirror.getState().debug ?? state);
	return true;
}

/** Continue where paused; the end of the packet closes the session when asked again. */
export async function resume(): Promise<void> {
	const state = engineMirror.getState().debug;
	if (state?.finished) await leave();
	else await step("continue");
}

export async function leave(): Promise<void> {
	sessions++;
	engineMirror.setState({ debug: undefined });
	await ask((e) => e.leave());
}

export async function stop(): Promise<void> {
	if (engineMirror.getState().debug || stepping()) await leave();
	await halt();
}

/** Makes a program the one that Run, Step and the panels use. */
export function pickProgram(name: string): void {
	edit((p) => (p.program === name ? p : { ...p, program: name }));
	const start = program()?.listing[0];
	cursor.setState({
		pc: start?.pc,
		visit: 1,
		by: "program",
		...(start?.line === undefined ? {} : { file: start.file, line: start.line, column: 1 }),
	});
	void showState();
}

/** Breakpoints that change while paused count at once. */
export function followBreakpoints(): void {
	workspace.subscribe((now, before) => {
		const p = program();
		if (now.project.breakpoints === before.project.breakpoints || !p) return;
		if (engineMirror.getState().debug) void setBreakpoints(p.name);
	});
}
