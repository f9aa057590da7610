// Which source variable each register and stack slot holds, instruction by instruction: a forward analysis of machine code after
// registers are given. For listings and debuggers.

import { has, type Liveness, liveness, postorder } from "./liveness.ts";
import { type Block, eachDef, FP, type Func, type Insn, isCopy } from "./machine.ts";

/** A name in a place: `register`, or bytes at `stack` (negative, from r10), over slots [start, end) of the function. */
export interface Variable {
	readonly name: string;
	readonly register?: number;
	readonly stack?: number;
	readonly start: number;
	readonly end: number;
}

type Names = ReadonlyMap<number, string>;

/** Names in registers before each instruction. Spilled values keep theirs under the negative displacement of their slot. */
export function trackNames(func: Func): Map<Insn, Names> {
	const live = liveness(func);
	const before = new Map<Insn, Names>();
	const after = new Map<Block, Names>();
	for (const block of postorder(func).reverse()) {
		let names = entering(block, after, live);
		const one = (i: Insn) => {
			before.set(i, names);
			names = step(i, names);
		};
		for (const i of block.insns) one(i);
		if (block.term) one(block.term);
		after.set(block, names);
	}
	return before;
}

function entering(block: Block, after: ReadonlyMap<Block, Names>, live: Liveness): Names {
	const known = block.preds.flatMap((p) => after.get(p) ?? []);
	const names = new Map(known[0]);
	const set = live.liveIn[block.index];
	for (const [place, name] of names)
		if (known.some((k) => k.get(place) !== name) || (place >= 0 && set && !has(set, place)))
			names.delete(place);
	return names;
}

/** Names after the instruction; the same map when nothing changes. */
function step(i: Insn, names: Names): Names {
	const kind = i.op & 7;
	const stores = kind === 2 || kind === 3;
	const frame = i.op < 256 && (stores ? i.d === FP : kind === 1 && i.s === FP);
	let changed: Map<number, string> | undefined;
	const set = (place: number, name: string | undefined) => {
		if ((changed ?? names).get(place) === name) return;
		changed ??= new Map(names);
		if (name === undefined) changed.delete(place);
		else changed.set(place, name);
	};
	if (frame && stores) {
		// Below the stack that eBPF has nothing is looked up.
		if (i.off >= -512) set(i.off, i.name ?? (kind === 3 ? names.get(i.s) : undefined));
		return changed ?? names;
	}
	const inherited = isCopy(i) ? names.get(i.s) : frame ? names.get(i.off) : undefined;
	for (let r = 0; i.clobbers >> r !== 0; r++) if ((i.clobbers >> r) & 1) set(r, undefined);
	eachDef(i, (r) => set(r, i.name ?? inherited));
	return changed ?? names;
}

const nothing: Names = new Map();

/** Ranges of slots from the names before each of them. */
export function rangesOf(
	origins: readonly (Insn | undefined)[],
	names: Map<Insn, Names>,
): Variable[] {
	const out: Variable[] = [];
	const open = new Map<number, { name: string; start: number }>();
	const close = (place: number, end: number) => {
		const range = open.get(place);
		open.delete(place);
		if (!range || end <= range.start) return;
		const where = place >= 0 ? { register: place } : { stack: place };
		out.push({ name: range.name, ...where, start: range.start, end });
	};
	let before: Names | undefined;
	origins.forEach((insn, slot) => {
		const now = (insn && names.get(insn)) ?? nothing;
		if (now === before) return;
		before = now;
		for (const [place, { name }] of open) if (now.get(place) !== name) close(place, slot);
		for (const [place, name] of now) if (!open.has(place)) open.set(place, { name, start: slot });
	});
	for (const place of [...open.keys()]) close(place, origins.length);
	return out.sort((a, b) => a.start - b.start);
}
