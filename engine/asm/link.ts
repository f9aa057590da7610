// Code sections → programs, as libbpf makes them: each entry function is a program, and the functions that it calls, in
// whatever section, are appended to it in the order in which they are first called, callees of callees right after.

import { sectionType } from "../abi/index.ts";
import type { Span } from "../base/index.ts";
import type { Code } from "../isa/index.ts";
import { encode, newCode } from "../isa/index.ts";
import type { FunctionSpec, ProgramSpec, Relocation } from "../object/index.ts";
import type { Reference, Resolved } from "./resolve.ts";
import type { Section, Unit } from "./unit.ts";

/** Where maps are in the object: declared ones by name, those of data sections by section name. */
export interface MapIndexes {
	readonly byName: ReadonlyMap<string, number>;
	readonly bySection: ReadonlyMap<string, number>;
}

/** One code section laid out in slots. */
interface Layout {
	readonly resolved: Resolved;
	readonly code: Code;
	readonly spans: readonly Span[];
	/** First slots of functions, ascending; those that are programs of their own. */
	readonly functions: readonly number[];
	readonly entries: readonly number[];
	readonly names: ReadonlyMap<number, string>;
}

export function link(unit: Unit, resolved: readonly Resolved[], maps: MapIndexes): ProgramSpec[] {
	const filled = resolved.filter((r) => r.section.slots > 0);
	const isText = (r: Resolved) => /^\.text(\.|$)/.test(r.section.name);
	const onlyText = filled.every(isText);
	const layouts = new Map(filled.map((r) => [r.section, layOut(unit, r, filled)]));
	const programs: ProgramSpec[] = [];
	for (const layout of layouts.values()) {
		if (isText(layout.resolved) && !onlyText) continue;
		for (const entry of layout.entries)
			programs.push(new Linker(unit, layouts, maps).program(layout, entry));
	}
	return programs;
}

function layOut(unit: Unit, resolved: Resolved, all: readonly Resolved[]): Layout {
	const { section } = resolved;
	const code = newCode(section.slots);
	const spans: Span[] = [];
	section.items.forEach((item, i) => {
		const slot = section.starts[i] ?? 0;
		code.opcode[slot] = item.opcode;
		code.dst[slot] = item.dst;
		code.src[slot] = item.src;
		code.off[slot] = item.off;
		code.imm[slot] = item.imm;
		spans[slot] = item.span;
		if (item.next === undefined) return;
		code.imm[slot + 1] = item.next;
		spans[slot + 1] = item.span;
	});
	const called = new Set<number>();
	for (const r of all)
		for (const reference of r.references.values())
			if (reference.kind === "function" && reference.section === section)
				called.add(reference.slot);
	const labels = [...unit.labels.values()].filter(
		(l) => l.section === section && l.offset < section.slots,
	);
	const global = new Set(labels.filter((l) => l.global).map((l) => l.offset));
	const entries = [...new Set([0, ...[...global].filter((slot) => !called.has(slot))])];
	const functions = [...new Set([...entries, ...global, ...called])];
	const ascending = (a: number, b: number) => a - b;
	return {
		resolved,
		code,
		spans,
		entries: entries.sort(ascending),
		functions: functions.filter((slot) => slot < section.slots).sort(ascending),
		names: functionNames(unit, resolved, called),
	};
}

/** Names of functions: a global label, else a label that no jump goes to. */
function functionNames(
	unit: Unit,
	{ section, jumps }: Resolved,
	called: ReadonlySet<number>,
): ReadonlyMap<number, string> {
	const names = new Map<number, string>();
	const targets = new Set(jumps.map((j) => j.to));
	for (const label of unit.labels.values()) {
		if (label.section !== section) continue;
		const function_ = label.global || called.has(label.offset) || !targets.has(label.offset);
		if (function_ && (label.global || !names.has(label.offset)))
			names.set(label.offset, label.name);
	}
	return names;
}

/** One piece of a section placed in a program. */
interface Chunk {
	readonly layout: Layout;
	readonly start: number;
	readonly end: number;
	/** Its place in the program. */
	readonly at: number;
}

class Linker {
	readonly #unit: Unit;
	readonly #layouts: ReadonlyMap<Section, Layout>;
	readonly #maps: MapIndexes;
	readonly #chunks: Chunk[] = [];
	#length = 0;

	constructor(unit: Unit, layouts: ReadonlyMap<Section, Layout>, maps: MapIndexes) {
		this.#unit = unit;
		this.#layouts = layouts;
		this.#maps = maps;
	}

	program(layout: Layout, entry: number): ProgramSpec {
		const { section } = layout.resolved;
		const end = layout.entries.find((e) => e > entry) ?? layout.code.length;
		this.#place(layout, entry, end);
		for (let i = 0; i < this.#chunks.length; i++) this.#callees(i);
		const name = layout.names.get(entry) ?? section.name.replace(/[^A-Za-z0-9_]/g, "_");
		const type = sectionType(section.name);
		return {
			name,
			section: section.name,
			...(type ? { type: type.type } : {}),
			expectedAttachType: type?.attachType ?? 0,
			flags: type?.flags ?? 0,
			...this.#build(name),
		};
	}

	#place(layout: Layout, start: number, end: number): void {
		this.#chunks.push({ layout, start, end, at: this.#length });
		this.#length += end - start;
	}

	/** Appends what chunk `i` calls and is not here yet; a callee's own callees follow it. */
	#callees(i: number): void {
		const stack = [i];
		for (;;) {
			const top = stack.at(-1);
			if (top === undefined) return;
			const chunk = this.#chunks[top];
			const missing = chunk && this.#firstMissing(chunk);
			if (!missing) stack.pop();
			else {
				const { layout, slot } = missing;
				const end = layout.functions.find((f) => f > slot) ?? layout.code.length;
				stack.push(this.#chunks.length);
				this.#place(layout, slot, end);
			}
		}
	}

	#firstMissing(chunk: Chunk): { layout: Layout; slot: number } | undefined {
		for (const [slot, reference] of chunk.layout.resolved.references) {
			if (slot < chunk.start || slot >= chunk.end || reference.kind !== "function") continue;
			if (this.#find(reference.section, reference.slot) !== undefined) continue;
			const layout = this.#layouts.get(reference.section);
			if (layout && reference.slot < layout.code.length) return { layout, slot: reference.slot };
		}
		return undefined;
	}

	/** The program's slot of a section's slot. */
	#find(section: Section, slot: number): number | undefined {
		for (const c of this.#chunks)
			if (c.layout.resolved.section === section && slot >= c.start && slot < c.end)
				return c.at + slot - c.start;
		return undefined;
	}

	#build(
		name: string,
	): Pick<ProgramSpec, "insns" | "relocations" | "functions" | "lines" | "spans"> {
		const code = newCode(this.#length);
		const spans: (Span | undefined)[] = [];
		const relocations: Relocation[] = [];
		const functions: FunctionSpec[] = [];
		for (const chunk of this.#chunks) {
			const { layout, start, end, at } = chunk;
			for (const field of ["opcode", "dst", "src", "off", "imm"] as const)
				code[field].set(layout.code[field].subarray(start, end), at);
			for (let slot = start; slot < end; slot++) spans.push(layout.spans[slot]);
			for (const slot of layout.functions)
				if (slot >= start && slot < end)
					functions.push({
						insn: at + slot - start,
						name: slot === start && at === 0 ? name : (layout.names.get(slot) ?? `func_${slot}`),
						typeId: 0,
					});
			for (const [slot, reference] of layout.resolved.references)
				if (slot >= start && slot < end)
					this.#refer(code, at + slot - start, reference, relocations);
			this.#checkJumps(chunk);
		}
		return { insns: encode(code), relocations, functions, lines: [], spans };
	}

	#refer(code: Code, insn: number, reference: Reference, relocations: Relocation[]): void {
		if (reference.kind === "function") {
			const target = this.#find(reference.section, reference.slot);
			if (target !== undefined) code.imm[insn] = target - insn - 1;
			else if (reference.token)
				this.#unit.problem(
					"asm/undefined-label",
					`no instruction follows the label ${reference.token.text}`,
					reference.token,
				);
			return;
		}
		if (reference.kind === "map") {
			const map = this.#maps.byName.get(reference.name) ?? 0;
			code.imm[insn] = map;
			// A map's value may be meant: then the second slot has the offset.
			const offset = code.imm[insn + 1] ?? 0;
			if (code.src[insn] === 2) relocations.push({ kind: "map-value", insn, map, offset });
			else relocations.push({ kind: "map", insn, map });
			return;
		}
		const map = this.#maps.bySection.get(reference.section.name) ?? 0;
		code.imm[insn] = map;
		relocations.push({ kind: "map-value", insn, map, offset: reference.offset });
	}

	#checkJumps({ layout, start, end }: Chunk): void {
		for (const { from, to, token } of layout.resolved.jumps) {
			if (from < start || from >= end || (to >= start && to < end)) continue;
			// One past the end is the verifier's to refuse, where nothing follows.
			if (to === end && end === layout.code.length) continue;
			this.#unit.problem(
				"asm/jump-out-of-function",
				`${token.text} is in another function: jumps stay inside their function`,
				token,
			);
		}
	}
}
