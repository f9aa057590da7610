// What a register is called for people: the C variable that it holds, or the register itself; and where its value came from.

import { BPF_LDX, BPF_PSEUDO_CALL, BPF_STX, type Code, insnAt } from "../../isa/index.ts";
import { PTR_TO_CTX, type RegView } from "../../verifier/index.ts";
import { CALL, EXIT } from "../jumps.ts";
import { inWords } from "./describe.ts";
import { calleeAt, isCall, lineOf, type Place } from "./place.ts";

const MOV = 0xbf;
const MOV32 = 0xbc;
/** Steps of the path that are looked back. */
const FARTHEST = 100_000;

/** Where a value was made. */
export interface Origin {
	readonly pc: number;
	readonly kind: "call" | "function" | "load" | "constant" | "other" | "entry";
	/** Place in the path. */
	readonly at: number;
	/** The stack slot (offset from r10) or register, with the pc, that held it on the way, nearest first. */
	readonly held: readonly Held[];
}

interface Held {
	readonly pc: number;
	readonly register?: number;
	readonly stack?: number;
}

/** Follows a register back over copies, spills and calls to the instruction that made its value. */
export function originOf(place: Place, register: number): Origin | undefined {
	const { code, path } = place;
	const held: Held[] = [];
	let want: { register: number } | { stack: number } = { register };
	const first = Math.max(0, path.length - FARTHEST);
	for (let i = path.length - 2; i >= first; i--) {
		const pc = path[i] ?? 0;
		const insn = insnAt(code, pc);
		if (insn.opcode === EXIT) {
			if ("register" in want && want.register === 0) return { pc, kind: "function", at: i, held };
			i = callerOf(place, i);
			continue;
		}
		if (insn.opcode === CALL && insn.src === BPF_PSEUDO_CALL) continue;
		const step = stepBack(code, pc, want);
		if (step === undefined) continue;
		if (typeof step === "string") return { pc, kind: step, at: i, held };
		want = step;
		held.push({ pc, ...step });
	}
	return { pc: path[0] ?? 0, kind: "entry", at: 0, held };
}

/** Place in the path of the call whose return is at `at`. */
function callerOf({ code, path }: Place, at: number): number {
	let depth = 1;
	let i = at;
	while (i > 0 && depth > 0) {
		const insn = insnAt(code, path[--i] ?? 0);
		if (insn.opcode === EXIT) depth++;
		else if (insn.opcode === CALL && insn.src === BPF_PSEUDO_CALL) depth--;
	}
	return i;
}

/** What the instruction made the wanted value of: another place, or itself by kind; undefined when it leaves it alone. */
function stepBack(
	code: Code,
	pc: number,
	want: { register: number } | { stack: number },
): { register: number } | { stack: number } | Origin["kind"] | undefined {
	const insn = insnAt(code, pc);
	const cls = insn.opcode & 7;
	if ("stack" in want) {
		const stores = cls === BPF_STX && insn.dst === 10 && insn.off === want.stack;
		return stores ? { register: insn.src } : undefined;
	}
	if (insn.opcode === CALL) return want.register === 0 ? "call" : undefined;
	if (insn.dst !== want.register || cls === 2 || cls === 3 || cls === 5 || cls === 6)
		return undefined;
	if ((insn.opcode === MOV || insn.opcode === MOV32) && insn.off === 0)
		return { register: insn.src };
	if (cls === BPF_LDX) return insn.src === 10 ? { stack: insn.off } : "load";
	return cls === 0 || (insn.opcode & 0xf8) === 0xb0 ? "constant" : "other";
}

const IDENTIFIER = /^[A-Za-z_][\w.]*$/;

/** The C variable that the register holds, as the compiler noted it; undefined for other sources and for unnamed values. Of two with one value
 *  it is the one that the line names. */
export function variableOf(place: Place, register: number): string | undefined {
	const name = notedName(place, register);
	const { c } = place;
	const line = lineOf(place, place.pc);
	if (name === undefined || !c || line === undefined) return name;
	const text = c.plain.slice(c.offset(line), c.offset(line + 1));
	const around = c.functionAt(c.offset(line));
	if (!around || new RegExp(`\\b${name}\\b`).test(text)) return name;
	const copies = c.plain
		.slice(around.start, c.offset(line))
		.matchAll(new RegExp(`([A-Za-z_]\\w*)\\s*=\\s*(?:\\([^()]*\\)\\s*)?${name}\\s*;`, "g"));
	for (const [, copy = ""] of copies) if (new RegExp(`\\b${copy}\\b`).test(text)) return copy;
	return name;
}

function notedName(place: Place, register: number): string | undefined {
	const now = namedAt(place, place.pc, register);
	if (now !== undefined) return now;
	const view = place.registers.get(register);
	if (!view || !place.program.spec.variables) return undefined;
	const twin =
		view.id === 0 ? undefined : [...place.registers.values()].find((r) => isTwin(r, view));
	const other = twin && namedAt(place, place.pc, twin.index);
	if (other !== undefined) return other;
	return heldName(place, register);
}

function isTwin(a: RegView, b: RegView): boolean {
	return a !== b && a.id === b.id && a.type === b.type && a.off === b.off;
}

/** The name that the value had on its way here, unless another value has that name now. */
function heldName(place: Place, register: number): string | undefined {
	const origin = originOf(place, register);
	const made: Held = { pc: (origin?.pc ?? 0) + 1, register };
	for (const h of [...(origin?.held ?? []), made]) {
		const name = h.stack === undefined ? namedAt(place, h.pc, h.register) : slotName(place, h);
		if (name === undefined) continue;
		const now = place.program.spec.variables?.find(
			(v) => v.name === name && v.register !== undefined && holds(v, place.pc),
		);
		if (!now || isSame(place, now.register ?? -1, register)) return name;
	}
	return undefined;
}

function isSame(place: Place, a: number, b: number): boolean {
	return a === b || place.registers.get(a)?.text === place.registers.get(b)?.text;
}

function holds(v: { readonly start: number; readonly end: number }, pc: number): boolean {
	return v.start <= pc && pc < v.end;
}

/** The variable in a register before the instruction at `pc`. */
export function namedAt(
	{ program }: Pick<Place, "program">,
	pc: number,
	register: number | undefined,
): string | undefined {
	return program.spec.variables?.find(
		(v) =>
			v.register === register && register !== undefined && holds(v, pc) && IDENTIFIER.test(v.name),
	)?.name;
}

function slotName({ program }: Place, { pc, stack }: Held): string | undefined {
	return program.spec.variables?.find(
		(v) => v.stack === stack && stack !== undefined && holds(v, pc) && IDENTIFIER.test(v.name),
	)?.name;
}

const counted = ["", "first", "second", "third", "fourth", "fifth"] as const;

/** `` `value` `` or `r3`; at calls `the second argument`, with its C text. */
export function nameOf(place: Place, register: number): string {
	if (isCall(place) && register >= 1 && register <= 5) {
		const text = argumentText(place, register);
		return `the ${counted[register]} argument${text === undefined ? "" : `, \`${text}\``}`;
	}
	const variable = variableOf(place, register);
	return variable === undefined ? `r${register}` : `\`${variable}\``;
}

/** The C text of an argument of the call. */
export function argumentText(place: Place, register: number): string | undefined {
	const { c } = place;
	const range = argumentRange(place, register);
	return range && c?.text.slice(range.start, range.end).replace(/\s+/g, " ");
}

export function argumentRange(
	place: Place,
	register: number,
): { start: number; end: number } | undefined {
	const line = lineOf(place, place.pc);
	if (!place.c || line === undefined) return undefined;
	const start = place.c.statementAt(firstOf(place.c, line))?.start ?? place.c.offset(line);
	return place.c.argumentsAt(start, calleeAt(place, place.pc))?.[register - 1];
}

/** Offset of the first character of a line that is no space. */
export function firstOf(c: NonNullable<Place["c"]>, line: number): number {
	return c.offset(line) + (/^\s*/.exec(c.line(line))?.[0].length ?? 0);
}

/** `` `value` (r0) is a value of map counts (8 bytes), or NULL``, with the kernel's notation behind it. */
export function isText(place: Place, register: number): string {
	const view = place.registers.get(register);
	const name = nameOf(place, register);
	const lead = name === `r${register}` ? name : `${name} (r${register})`;
	if (!view) return `${lead} was never set`;
	// The number says it all, the kernel writes nothing else.
	const words = inWords(view);
	return `${lead} is ${words}${words.endsWith(view.text) ? "" : ` (\`${view.text}\`)`}`;
}

/** ` It comes from bpf_map_lookup_elem at line 15.`, or nothing. */
export function originText(place: Place, register: number): string {
	const origin = place.path.length > 1 ? originOf(place, register) : undefined;
	if (!origin) return "";
	const line = lineOf(place, origin.pc);
	const at = line === undefined ? `insn ${origin.pc}` : `line ${line}`;
	switch (origin.kind) {
		case "call":
			return ` It comes from ${calleeAt(place, origin.pc)} at ${at}.`;
		case "function":
			return ` It comes from a function of the program that returns at ${at}.`;
		case "load":
			return ` It was read from memory at ${at}.`;
		default:
			return "";
	}
}

/** The register that holds the context, as it was handed over. */
export function contextRegister(place: Place): number | undefined {
	return [...place.registers.values()].find((r) => r.type === PTR_TO_CTX && r.off === 0)?.index;
}
