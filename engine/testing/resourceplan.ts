// A program that holds resources while it is made: instructions with labels, places for what is held, functions to write later. For
// tests only.

import { Random } from "../base/index.ts";
import { codeOf, type Insn } from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { btf, type Callback, functionTypes, type MapName, maps } from "./resourcetypes.ts";

interface Slot extends Insn {
	/** Label that the offset, or the imm of a call or a function's address, is to reach. */
	readonly target?: string;
}

/** Something held, in a register (6 to 9) or at an offset from the frame pointer. */
export interface Held {
	readonly where: number;
	readonly kind: string;
	/** To be given back. */
	owned: boolean;
}

const registers = [7, 8, 9];
const stackPlaces = [-176, -184, -192, -200];

export class Plan {
	readonly random: Random;
	readonly #slots: Slot[] = [];
	readonly #labels = new Map<string, number>();
	readonly #maps: MapName[] = [];
	readonly #functions: { readonly at: number; readonly type: number }[] = [];
	readonly later: { readonly label: string; readonly kind: Callback }[] = [];
	held: Held[] = [];
	#count = 0;

	constructor(seed: number) {
		this.random = new Random(seed);
	}

	pick<T>(from: readonly T[]): T {
		return from[this.random.below(from.length)] as T;
	}

	chance(percent: number): boolean {
		return this.random.below(100) < percent;
	}

	get length(): number {
		return this.#slots.length;
	}

	emit(opcode: number, dst = 0, src = 0, off = 0, imm = 0, target?: string): void {
		this.#slots.push({ opcode, dst, src, off, imm, ...(target ? { target } : {}) });
	}

	label(): string {
		this.#count++;
		return `L${this.#count}`;
	}

	place(label: string): void {
		this.#labels.set(label, this.#slots.length);
	}

	begin(kind: keyof typeof functionTypes): void {
		this.#functions.push({ at: this.#slots.length, type: functionTypes[kind] });
		this.held = [];
	}

	set(r: number, value: number): void {
		this.emit(0xb7, r, 0, 0, value);
	}

	copy(r: number, from: number): void {
		this.emit(0xbf, r, from);
	}

	pointer(r: number, off: number): void {
		this.copy(r, 10);
		this.emit(0x07, r, 0, 0, off);
	}

	map(r: number, name: MapName): void {
		if (!this.#maps.includes(name)) this.#maps.push(name);
		this.emit(0x18, r, 1, 0, this.#maps.indexOf(name));
		this.emit(0);
	}

	text(r: number): void {
		if (!this.#maps.includes("text")) this.#maps.push("text");
		this.emit(0x18, r, 2, 0, this.#maps.indexOf("text"));
		this.emit(0, 0, 0, 0, this.chance(90) ? 0 : 5);
	}

	callback(r: number, kind: Callback): void {
		const label = this.label();
		this.later.push({ label, kind });
		this.emit(0x18, r, 4, 0, 0, label);
		this.emit(0);
	}

	callPart(): void {
		const label = this.label();
		this.later.push({ label, kind: "part" });
		this.emit(0x85, 0, 1, 0, 0, label);
	}

	/** A free place, undefined when all are taken. */
	free(): number | undefined {
		const taken = new Set(this.held.map((h) => h.where));
		const open = (all: readonly number[]) => all.filter((p) => !taken.has(p));
		const [r, s] = [open(registers), open(stackPlaces)];
		if (r.length && this.chance(80)) return this.pick(r);
		return s.length ? this.pick(s) : undefined;
	}

	/** Keeps R0 there. */
	keep(where: number, kind: string, owned: boolean): Held {
		if (where < 0) this.emit(0x7b, 10, 0, where);
		else this.copy(where, 0);
		const it = { where, kind, owned };
		this.held.push(it);
		return it;
	}

	drop(it: Held): void {
		this.held = this.held.filter((h) => h !== it);
	}

	/** Something of these kinds that is held. */
	find(...kinds: readonly string[]): Held | undefined {
		const fit = this.held.filter((h) => kinds.includes(h.kind));
		return fit.length ? this.pick(fit) : undefined;
	}

	/** The register gets what is held, plus an offset. */
	load(r: number, it: Held, off = 0): void {
		if (it.where < 0) this.emit(0x79, r, 10, it.where);
		else this.copy(r, it.where);
		if (off) this.emit(0x07, r, 0, 0, off);
	}

	/** The finished program; what is asked of a place the caller adds. */
	finished(
		place: Pick<LoadRequest, "type" | "expectedAttachType" | "flags" | "attachBtfId">,
	): LoadRequest {
		const insns = this.#slots.map(({ target, ...slot }, pc) => {
			if (target === undefined) return slot;
			const distance = (this.#labels.get(target) ?? 0) - pc - 1;
			const field = slot.opcode === 0x85 || slot.opcode === 0x18 ? "imm" : "off";
			return { ...slot, [field]: distance };
		});
		return {
			...place,
			name: "",
			license: "GPL",
			code: codeOf(insns),
			maps: this.#maps.map((name): MapSpec => maps[name]),
			btf,
			functions: this.#functions.map(({ at, type }) => ({ insn: at, typeId: type, name: "" })),
			lines: [],
		};
	}
}
