// The one engine of the page: starts it, builds and verifies after every change, and starts it again when it ends.

import type { Project } from "../../engine/workbench/project.ts";
import type { Engine, ProgramInfo, VerifyReply } from "../../engine/workbench/protocol.ts";
import { type KernelFile, loadKernel, saveKernel } from "../lib/storage.ts";
import { cursor } from "../stores/cursor.ts";
import {
	currentProgram,
	engineMirror,
	followTexts,
	forget,
	say,
	tookBuild,
	tookEvent,
	tookVerdict,
} from "../stores/engine.ts";
import { toast } from "../stores/toasts.ts";
import { workspace } from "../stores/workspace.ts";
import { type Client, EngineEnded, workerClient } from "../worker/client.ts";

let client: Client | undefined;
let opened = "";
let busy = false;
let done = -1;
let handed: Project | undefined;
/** Grows when all that was handed counts no more: another kernel, another engine. */
let generation = 0;
/** When the engine that runs was started, and what the last one took until its first verdict. */
let started = 0;
let startTook = 0;
/** The files that the questions about sources are answered from. */
let told: Project["files"] | undefined;

export async function startEngine(): Promise<void> {
	client = workerClient({ onEvent: tookEvent, onRestart: restarted });
	started = performance.now();
	followTexts();
	// A place that was gone to by its line.
	cursor.subscribe((now, before) => {
		if (now.by === "place" && (now.file !== before.file || now.line !== before.line)) followLine();
	});
	workspace.subscribe((now, before) => {
		if (now.source !== before.source) changed();
	});
	await handKernel();
	await follow();
}

/** Hands the kept kernel's types to a fresh engine. */
async function handKernel(): Promise<void> {
	const kept = await loadKernel().catch(() => undefined);
	engineMirror.setState({ kernel: kept && { name: kept.name, types: kept.types } });
	if (kept) await ask((e) => e.kernel(kept.bytes));
}

/** Judges against another kernel's types from now on, and on the next visit; undefined: the simulated kernel's. */
export async function judgeAgainst(file: KernelFile | undefined): Promise<void> {
	const fault = await ask((e) => e.kernel(file?.bytes));
	if (fault !== undefined) return void toast("reject", `${file?.name ?? "kernel"}: ${fault}`);
	try {
		await saveKernel(file);
	} catch {
		toast(
			"warning",
			"This browser keeps no data for the page: the kernel's types are gone on reload.",
		);
	}
	engineMirror.setState({ kernel: file && { name: file.name, types: file.types } });
	handAgain();
	await follow();
}

/** Nothing that is under way counts: the project is opened again. */
function handAgain(): void {
	generation++;
	opened = "";
	done = -1;
	engineMirror.setState({ judged: -1 });
}

/** The engine; calls before it started wait for nothing and fail, so the page offers none. */
export function engine(): Engine {
	if (!client) throw new Error("the engine was not started");
	return client.engine;
}

const patience = 800;
const slowAfter = 300;
/** Milliseconds without a change after which maps are shown anew, and the engine makes itself quick. */
const restAfter = 150;
/** Milliseconds that a build waits for its verdict, so that both are drawn once. */
const together = 25;
let resting: ReturnType<typeof setTimeout> | undefined;

/** A change while an older question still keeps the engine busy: a fresh engine is sooner than the old answer, unless it would take as
 *  long to start. One that is still starting is left alone. */
function changed(): void {
	const most = Math.max(patience, 2 * startTook);
	const ready = engineMirror.getState().status === "ready";
	if (client && ready && client.waiting() > most) client.restart();
	else void follow();
}

function restarted(why: string | undefined): void {
	handAgain();
	started = performance.now();
	busy = false;
	told = undefined;
	engineMirror.setState({ status: "restarting", running: undefined, debug: undefined });
	if (why) toast("warning", `${why} Your project is as it was.`);
	void handKernel().then(follow);
}

/** Stops whatever runs; the watchdog ends an engine that does not answer. A stopped verdict comes with the next edit. */
export async function halt(): Promise<void> {
	const { working } = engineMirror.getState();
	if (working) engineMirror.setState({ stopped: working.revision });
	await client?.halt();
	engineMirror.setState({ running: undefined, working: undefined });
}

/** Calls the engine; a defect in it becomes a message and undefined. */
export async function ask<T>(act: (e: Engine) => Promise<T>): Promise<T | undefined> {
	return (await attempt(act)).answer;
}

/** Calls the engine with a question that changes nothing in it, and once more when a fresh engine took its place meanwhile. */
export async function askAgain<T>(act: (e: Engine) => Promise<T>): Promise<T | undefined> {
	const first = await attempt(act);
	return first.lost ? (await attempt(act)).answer : first.answer;
}

/** `lost`: the page ended the engine before it answered. */
async function attempt<T>(
	act: (e: Engine) => Promise<T>,
): Promise<{ readonly answer?: T; readonly lost?: boolean }> {
	try {
		return { answer: await act(engine()) };
	} catch (error) {
		if (error instanceof EngineEnded) return { lost: error.wanted };
		reportBug(error);
		return {};
	}
}

/** Asks about the text as it stands now: while a build is under way the engine knows an older one. */
export function askOfSource<T>(act: (e: Engine) => Promise<T>): Promise<T | undefined> {
	return askAgain((e) => {
		const { project } = workspace.getState();
		if (told !== project.files) e.sourceProject(project).catch(() => undefined);
		told = project.files;
		return act(e);
	});
}

/** Waits until what is shown is of the text as it stands; answers at once when it is. */
export function settled(): Promise<void> {
	const there = () => engineMirror.getState().judged === workspace.getState().source;
	return new Promise((resolve) => {
		if (there()) return resolve();
		const end = engineMirror.subscribe(() => {
			if (!there()) return;
			end();
			resolve();
		});
	});
}

export function reportBug(error: unknown): void {
	const text = error instanceof Error ? error.message : String(error);
	say(`Skep has a bug: ${text}`);
	toast("bug", `Skep has a bug: ${text}. Your project is not at fault, and nothing was lost.`);
}

/** Builds and verifies until the newest revision has its verdict; one chain at a time. */
async function follow(): Promise<void> {
	if (!client || busy || !workspace.getState().ready) return;
	busy = true;
	const mine = client;
	try {
		while (done !== workspace.getState().source && mine === client) {
			await catchUp();
			engineMirror.setState({ judged: done });
		}
	} catch (error) {
		if (error instanceof EngineEnded) return;
		done = workspace.getState().source;
		engineMirror.setState({ judged: done });
		reportBug(error);
	} finally {
		busy = false;
		engineMirror.setState({ working: undefined });
	}
}

async function catchUp(): Promise<void> {
	const { source: revision, project, id, editedAt } = workspace.getState();
	const mine = generation;
	const working = { revision, since: performance.now(), slow: false };
	engineMirror.setState({ working });
	setTimeout(() => {
		if (engineMirror.getState().working === working)
			engineMirror.setState({ working: { ...working, slow: true } });
	}, slowAfter);
	const same = opened === id;
	if (same && handed && buildsAlike(handed, project)) {
		done = revision;
		return;
	}
	if (!same) forget();
	told = project.files;
	const asked = same ? engine().build(revision, project) : engine().open(revision, project);
	// Asked before the build's answer is here, which saves a trip; of no use when the build loses the program.
	clearTimeout(resting);
	const stopped = engineMirror.getState().stopped === revision;
	const guess = same && !stopped ? shownProgram()?.name : undefined;
	const early = guess === undefined ? undefined : engine().verify(revision, guess);
	early?.catch(() => undefined);
	const reply = await asked;
	// A verdict that is there at once is shown together with its build.
	if (early) await Promise.race([early.catch(() => undefined), pause(together)]);
	if (mine !== generation) return;
	opened = id;
	handed = project;
	done = revision;
	const fresh = engineMirror.getState().status !== "ready";
	if (fresh) engineMirror.setState({ status: "ready" });
	if (!tookBuild(reply)) return;
	followLine();
	if (engineMirror.getState().debug) engineMirror.setState({ debug: undefined });
	const first = currentProgram(reply.programs, project.program);
	if (!first || stopped) return;
	const answered = performance.now();
	const verdict = await (early && first.name === guess
		? early
		: engine().verify(revision, first.name));
	if (mine !== generation) return;
	tookVerdict(verdict);
	if (fresh) startTook = performance.now() - started;
	report(verdict, { editedAt, answered, build: reply.timeMs });
	engineMirror.setState({ working: undefined, judged: revision });
	for (const program of reply.programs) {
		if (workspace.getState().source !== revision) return;
		if (program !== first) tookVerdict(await engine().verify(revision, program.name));
	}
	if (mine !== generation) return;
	const { by, pc } = cursor.getState();
	const failed = "pc" in verdict.verdict ? verdict.verdict.pc : undefined;
	const start = first.listing.find((r) => r.pc === failed) ?? first.listing[0];
	if (by === "open" && pc === undefined && start)
		cursor.setState({ pc: start.pc, file: start.file, line: start.line, column: 1 });
	void showState();
	resting = setTimeout(() => void rest(revision), restAfter);
}

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

/** What nobody waits for while he types. */
async function rest(revision: number): Promise<void> {
	await refreshMaps();
	const still = () => {
		const { running, debug } = engineMirror.getState();
		return workspace.getState().source === revision && !running && !debug;
	};
	while (still() && (await ask((e) => e.warm()))) await pause(50);
}

/** The cursor stays with its line: another instruction may begin there now. */
function followLine(): void {
	const { file, line, pc } = cursor.getState();
	const listing = shownProgram()?.listing;
	if (!listing || file === undefined || line === undefined) return;
	const on = listing.filter((r) => r.file === file && r.line === line);
	if (on.some((r) => r.pc === pc)) return;
	const next = on[0]?.pc;
	if (next === pc || !listing.some((r) => r.file === file)) return;
	cursor.setState({ pc: next, visit: 1 });
	void showState();
}

/** Breakpoints, names and notes do not touch the program: a paused run goes on with them. */
function buildsAlike(a: Project, b: Project): boolean {
	return (
		a.files === b.files &&
		a.entry === b.entry &&
		a.program === b.program &&
		a.type === b.type &&
		a.scenario === b.scenario
	);
}

interface Times {
	readonly editedAt: number;
	/** When the build's answer was here. */
	readonly answered: number;
	/** What the build took in the engine. */
	readonly build: number;
}

function report(reply: VerifyReply, { editedAt, answered, build }: Times): void {
	const end = performance.now();
	const detail = { build, built: answered - editedAt, verify: reply.timeMs, total: end - editedAt };
	performance.measure("edit-to-verdict", { start: editedAt, end, detail });
	const v = reply.verdict;
	const words =
		v.kind === "accepted"
			? `accepted, ${reply.insnsProcessed} insns`
			: v.kind === "rejected"
				? `rejected: ${v.message}`
				: v.kind === "unsupported"
					? `not supported by Skep: ${v.what}`
					: `Skep has a bug: ${v.message}`;
	const { output } = engineMirror.getState();
	const line = `${reply.program} ${words}`;
	if (output.at(-1)?.text !== line) say(line);
}

function shownProgram(): ProgramInfo | undefined {
	const { built } = engineMirror.getState();
	return currentProgram(built?.programs, workspace.getState().project.program);
}

export async function refreshMaps(): Promise<void> {
	const maps = await ask((e) => e.maps());
	if (maps) engineMirror.setState((s) => ({ maps, mapsVersion: s.mapsVersion + 1 }));
}

let asked = 0;

/** Fetches the verifier's state at the cursor. */
export async function showState(): Promise<void> {
	const { pc, visit } = cursor.getState();
	const program = shownProgram();
	const mine = ++asked;
	if (!program || pc === undefined || !client) {
		engineMirror.setState({ visit: undefined });
		return;
	}
	const state = await ask((e) => e.state(program.name, pc, visit));
	if (mine === asked) engineMirror.setState({ visit: state });
}
