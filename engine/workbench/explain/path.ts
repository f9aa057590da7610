// The way from the start of the program to the instruction that was rejected: the branches and calls that the last walk made, in their
// order, loops folded.

import { flowOf } from "../../cfg/index.ts";
import { BPF_PSEUDO_CALL, type Code, insnAt } from "../../isa/index.ts";
import { EVENT_PUSH, EVENT_VISIT, type TraceView } from "../../verifier/index.ts";
import { CALL, targetOf } from "../jumps.ts";
import type { BuiltProgram } from "../programs.ts";
import type { PathStep } from "../protocol.ts";

/** Steps that are shown from the start and towards the end of a long path. */
const FIRST = 2;
const LAST = 7;
/** Longest turn of a loop, in steps, that is folded. */
const LONGEST_TURN = 16;

/** Instructions from the start of the walk's function to its end, by the branch that each path came from. */
export function lastPath(trace: TraceView | undefined): number[] {
	const events = trace?.events;
	const path: number[] = [];
	const pending: { length: number; to: number }[] = [];
	if (!events) return path;
	for (let i = 0; i < events.length; i += 3) {
		const [kind, pc, argument] = [events[i], events[i + 1] ?? 0, events[i + 2] ?? 0];
		if (kind === EVENT_PUSH) pending.push({ length: path.length, to: argument });
		else if (kind === EVENT_VISIT) {
			const resumed = pending[pending.length - 1];
			const previous = path[path.length - 1];
			// Each global function is walked on its own.
			if (argument === -1) path.length = 0;
			else if (resumed && argument !== previous && resumed.to === pc) {
				path.length = resumed.length;
				pending.pop();
			}
			path.push(pc);
		}
	}
	return path;
}

/** What is shown of `path`. */
export function pathSteps(path: readonly number[], code: Code, program: BuiltProgram): PathStep[] {
	const kinds: (PathStep["kind"] | undefined)[] = [];
	for (let pc = 0; pc < code.length; pc++) kinds.push(kindAt(code, pc));
	const moves: Move[] = [];
	for (let i = 0; i + 1 < path.length; i++) {
		const [pc, to] = [path[i] ?? 0, path[i + 1] ?? 0];
		if (kinds[pc]) moves.push({ pc, to, times: 1 });
	}
	const turns = folded(moves);
	const left = turns.length - FIRST - LAST;
	const steps = (some: readonly Move[]) =>
		some.map((m) => stepOf(m, kinds[m.pc] ?? "branch", code, program));
	if (left <= 1) return steps(turns);
	const { pc, to } = turns[FIRST + left - 1] as Move;
	const gap: PathStep = { kind: "gap", pc, to, text: "", times: left };
	return [...steps(turns.slice(0, FIRST)), gap, ...steps(turns.slice(FIRST + left))];
}

/** A way from an instruction that has several, or leads far. */
interface Move {
	readonly pc: number;
	readonly to: number;
	readonly times: number;
}

function stepOf(
	{ pc, to, times }: Move,
	kind: PathStep["kind"],
	code: Code,
	program: BuiltProgram,
): PathStep {
	const place = program.places[pc];
	const next = program.places[to];
	const row = program.info.listing.find((r) => r.pc === pc);
	return {
		kind,
		pc,
		to,
		text: (place?.text ?? row?.text ?? "").trim(),
		...(place ? { file: place.file, line: place.line } : {}),
		...(next ? { toLine: next.line } : {}),
		...(kind === "branch" ? { taken: targetOf(code, pc) === to } : {}),
		times,
	};
}

function kindAt(code: Code, pc: number): PathStep["kind"] | undefined {
	const flow = flowOf(code, pc);
	if (flow === "branch") return "branch";
	if (flow === "exit") return "return";
	const { opcode, src } = insnAt(code, pc);
	return opcode === CALL && src === BPF_PSEUDO_CALL ? "call" : undefined;
}

/** Turns of a loop, step for step the same, as one turn that counts them. */
export function folded(moves: readonly Move[]): Move[] {
	const out: Move[] = [];
	let at = 0;
	while (at < moves.length) {
		const { turn, times } = turnsAt(moves, at);
		for (let i = 0; i < turn; i++) out.push({ ...(moves[at + i] as Move), times });
		at += turn * times;
	}
	return out;
}

/** How many steps from `at` on come again at once, and how often; one step once when none do. */
function turnsAt(moves: readonly Move[], at: number): { turn: number; times: number } {
	for (let turn = 1; turn <= LONGEST_TURN && at + 2 * turn <= moves.length; turn++) {
		let times = 1;
		while (sameTurn(moves, at, at + times * turn, turn)) times++;
		if (times > 1) return { turn, times };
	}
	return { turn: 1, times: 1 };
}

function sameTurn(moves: readonly Move[], a: number, b: number, turn: number): boolean {
	for (let i = 0; i < turn; i++) {
		const [x, y] = [moves[a + i], moves[b + i]];
		if (!x || !y || x.pc !== y.pc || x.to !== y.to) return false;
	}
	return true;
}

/** One step in words, e.g. `12: if (size > 64) → 15`, `insn 4: if r6 == 0 goto +3, taken`. */
export function stepText(step: PathStep): string {
	const often = step.times > 1 ? `, ${step.times} times` : "";
	if (step.kind === "gap") return `… ${step.times} more …`;
	const at = step.line === undefined ? `insn ${step.pc}` : `line ${step.line}`;
	const to = step.toLine === undefined ? `insn ${step.to}` : `line ${step.toLine}`;
	if (step.kind === "call") return `${at} calls, ${to}${often}`;
	if (step.kind === "return") return `${at} returns to ${to}${often}`;
	const way = step.taken ? "taken" : "not taken";
	return `${at}: ${step.text} → ${to} (${way}${often})`;
}
