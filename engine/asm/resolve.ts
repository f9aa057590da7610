// Fills in what waited for symbols: jump distances, callees, constants, references to maps, data and functions.

import { helperByName, helpers } from "../abi/index.ts";
import { highHalf, lowHalf } from "../base/index.ts";
import {
	BPF_CALL,
	BPF_JMP,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	BPF_PSEUDO_MAP_FD,
	BPF_PSEUDO_MAP_VALUE,
	LD_IMM64,
} from "../isa/index.ts";
import { constantNames } from "./constants.ts";
import { write } from "./data.ts";
import { evaluate, isFault, type Value } from "./expr.ts";
import type { Item, Pending, Target } from "./item.ts";
import type { Token } from "./token.ts";
import type { Label, Section, Unit } from "./unit.ts";

/** What an instruction refers to, by its slot in the section. */
export type Reference =
	| {
			readonly kind: "function";
			readonly section: Section;
			readonly slot: number;
			readonly token?: Token;
	  }
	| { readonly kind: "map"; readonly name: string }
	| { readonly kind: "data"; readonly section: Section; readonly offset: number };

export interface Resolved {
	readonly section: Section;
	/** By slot. */
	readonly references: ReadonlyMap<number, Reference>;
	/** Jumps to labels, `from` and `to` as slots; they must stay inside their function. */
	readonly jumps: readonly { readonly from: number; readonly to: number; readonly token: Token }[];
}

const MAP_PLACE = "\0map:";

/** Resolves all code sections and patches data. Problems go to the unit. */
export function resolve(unit: Unit): Resolved[] {
	const done: Resolved[] = [];
	for (const section of unit.sections.values()) {
		for (const { offset, size, expr, from } of section.patches)
			write(unit, section, offset, size, expr, from);
		if (section.kind === "code") done.push(new Resolver(unit, section).run());
	}
	return done;
}

class Resolver {
	readonly #unit: Unit;
	readonly #section: Section;
	readonly #references = new Map<number, Reference>();
	readonly #jumps: { from: number; to: number; token: Token }[] = [];

	constructor(unit: Unit, section: Section) {
		this.#unit = unit;
		this.#section = section;
	}

	run(): Resolved {
		const section = this.#section;
		section.items.forEach((item, i) => {
			const slot = section.starts[i] ?? 0;
			for (const pending of item.pending ?? []) this.#settle(item, slot, pending);
			this.#callByDistance(item, slot);
		});
		return { section, references: this.#references, jumps: this.#jumps };
	}

	/** `call pc+3` and raw calls refer to a function of this section like calls by name. */
	#callByDistance(item: Item, slot: number): void {
		const call = item.opcode === (BPF_JMP | BPF_CALL) && item.src === BPF_PSEUDO_CALL;
		const address = item.opcode === LD_IMM64 && item.src === BPF_PSEUDO_FUNC;
		if (!(call || address) || this.#references.has(slot)) return;
		const target = slot + 1 + item.imm;
		if (target < 0 || target >= this.#section.slots) return;
		this.#references.set(slot, { kind: "function", section: this.#section, slot: target });
	}

	#settle(item: Item, slot: number, pending: Pending): void {
		if (pending.kind === "jump") this.#target(item, slot, pending.field, pending.target);
		else if (pending.kind === "map") this.#map(item, slot, pending.token);
		else if (pending.kind === "wide") this.#wide(item, slot, pending);
		else this.#value(item, pending);
	}

	#target(item: Item, slot: number, field: "off" | "imm", target: Target): void {
		const { token } = target;
		if (target.kind === "local") {
			const to = this.#local(token, slot);
			if (to === undefined) {
				const side = token.text.endsWith("b") ? "above" : "below";
				this.#unit.problem(
					"asm/undefined-label",
					`there is no label ${token.text.slice(0, -1)} ${side} this line`,
					token,
				);
			} else this.#jump(item, slot, field, to, token);
			return;
		}
		const label = this.#unit.labels.get(token.text);
		if (label) this.#unit.uses.push({ token, name: label.name });
		const call = item.opcode === (BPF_JMP | BPF_CALL);
		if (call || item.opcode === LD_IMM64) this.#function(item, slot, token, label, call);
		else if (!label) this.#unknownLabel(token);
		else if (label.section !== this.#section)
			this.#unit.problem(
				"asm/jump-out-of-function",
				`${token.text} is in section ${label.section.name}: jumps stay inside their function`,
				token,
			);
		else this.#jump(item, slot, field, label.offset, token);
	}

	/** The slot of numeric label `1` nearest before (`1b`) or after (`1f`) `slot`. */
	#local(token: Token, slot: number): number | undefined {
		const number = token.text.slice(0, -1);
		const list = this.#unit.locals.get(`${this.#section.name}:${number}`) ?? [];
		let low = 0;
		let high = list.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((list[middle] ?? 0) <= slot) low = middle + 1;
			else high = middle;
		}
		return token.text.endsWith("b") ? list[low - 1] : list[low];
	}

	#jump(item: Item, slot: number, field: "off" | "imm", to: number, token: Token): void {
		const distance = to - slot - 1;
		item[field] = distance;
		if (field === "off" && (distance < -0x8000 || distance > 0x7fff))
			this.#unit.problem(
				"asm/out-of-range",
				`${token.text} is ${distance} slots away; this jump reaches 32767, gotol more`,
				token,
			);
		if (item.opcode === (BPF_JMP | BPF_CALL)) {
			item.src = BPF_PSEUDO_CALL;
			this.#references.set(slot, { kind: "function", section: this.#section, slot: to, token });
		} else this.#jumps.push({ from: slot, to, token });
	}

	#function(item: Item, slot: number, token: Token, label: Label | undefined, call: boolean): void {
		if (label?.section.kind === "code") {
			item.src = call ? BPF_PSEUDO_CALL : BPF_PSEUDO_FUNC;
			this.#references.set(slot, {
				kind: "function",
				section: label.section,
				slot: label.offset,
				token,
			});
			return;
		}
		const helper = call ? helperByName(token.text) : undefined;
		if (helper && item.src !== BPF_PSEUDO_CALL) item.imm = helper.id;
		else if (call && item.src !== BPF_PSEUDO_CALL) this.#unknownHelper(token);
		else this.#unknownLabel(token);
	}

	#unknownHelper(token: Token): void {
		const labels = [...this.#unit.labels.values()].filter((l) => l.section.kind === "code");
		const names = [...labels.map((l) => l.name), ...helpers.map((h) => h.name)];
		const fix = this.#unit.suggest(token.text, names);
		if (fix === undefined && /^bpf_/.test(token.text)) {
			this.#unit.diagnostics.push({
				severity: "error",
				id: "asm/unsupported",
				message: `${token.text} is no helper; calls of kfuncs by name are not supported by Skep yet`,
				span: this.#unit.span(token),
				unsupported: "calls of kfuncs by name",
			});
			return;
		}
		const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
		const message = `there is no helper or function ${token.text}${hint}`;
		this.#unit.problem("asm/unknown-helper", message, token, token, fix);
	}

	#unknownLabel(token: Token): void {
		const labels = [...this.#unit.labels.values()].filter((l) => l.section === this.#section);
		const fix = this.#unit.suggest(
			token.text,
			labels.map((l) => l.name),
		);
		const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
		const message = `there is no label ${token.text}${hint}`;
		this.#unit.problem("asm/undefined-label", message, token, token, fix);
	}

	#value(item: Item, pending: Pending & { kind: "value" }): void {
		const { field, expr, from, to } = pending;
		const value = evaluate(expr, (t) => this.#unit.lookup(t));
		if (isFault(value)) {
			this.#undefined(value.token, value.message, from, to);
			return;
		}
		if (value.section !== undefined) {
			const message = `${from.text} is an address: load it with ${from.text} ll`;
			this.#unit.problem("asm/syntax", message, from, from, `${from.text} ll`);
			return;
		}
		const n = value.value;
		const fits =
			field === "off" ? n >= -0x8000n && n <= 0x7fffn : n >= -0x80000000n && n <= 0xffffffffn;
		if (!fits) {
			const room =
				field === "off" ? "the 16 bits of an offset" : "32 bits; use a 64-bit immediate (ll)";
			this.#unit.problem("asm/out-of-range", `${n} does not fit ${room}`, from, to);
			return;
		}
		item[field] = field === "off" ? Number(n) : lowHalf(n);
		if (pending.sign && n > 0x7fffffffn && item.slot === undefined)
			this.#unit.diagnostics.push({
				severity: "warning",
				id: "asm/sign-extended",
				message: `0x${n.toString(16)} becomes 0xffffffff${n.toString(16)}: the immediate is sign-extended to 64 bits`,
				span: this.#unit.span(from, to),
			});
	}

	#undefined(token: Token | undefined, message: string, from: Token, to: Token): void {
		if (!token) {
			this.#unit.problem("asm/expression", message, from, to);
			return;
		}
		if (this.#unit.maps.has(token.text)) {
			const text = `${token.text} is a map: load its address with ${token.text} ll`;
			this.#unit.problem("asm/syntax", text, token, token, `${token.text} ll`);
			return;
		}
		const names = [
			...this.#unit.equations.keys(),
			...this.#unit.maps.keys(),
			...this.#unit.labels.keys(),
			...constantNames().map((c) => c.name),
		];
		const fix = token.kind === "name" ? this.#unit.suggest(token.text, names) : undefined;
		const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
		this.#unit.problem("asm/undefined-symbol", `${message}${hint}`, token, token, fix);
	}

	#map(item: Item, slot: number, token: Token): void {
		if (!this.#unit.maps.has(token.text)) {
			const fix = this.#unit.suggest(token.text, this.#unit.maps.keys());
			const hint = fix === undefined ? "; declare it with .map" : `; did you mean ${fix}?`;
			const message = `there is no map ${token.text}${hint}`;
			this.#unit.problem("asm/undefined-symbol", message, token, token, fix);
			return;
		}
		this.#unit.uses.push({ token, name: token.text });
		if (item.src !== BPF_PSEUDO_MAP_VALUE) item.src = BPF_PSEUDO_MAP_FD;
		this.#references.set(slot, { kind: "map", name: token.text });
	}

	/** A 64-bit immediate: a number, or the address of a map, of data or of a function. */
	#wide(item: Item, slot: number, { expr, from, to }: Pending & { kind: "wide" }): void {
		const value = evaluate(expr, (t) => this.#place(t));
		if (isFault(value)) {
			this.#undefined(value.token, value.message, from, to);
			return;
		}
		const n = value.value;
		if (value.section === undefined) {
			if (n < -(1n << 63n) || n >= 1n << 64n)
				this.#unit.problem("asm/out-of-range", `${n} does not fit 64 bits`, from, to);
			item.imm = lowHalf(n);
			item.next = highHalf(n);
			return;
		}
		if (value.section.startsWith(MAP_PLACE)) {
			if (n !== 0n) this.#unit.problem("asm/syntax", "a map's address takes no offset", from);
			item.src = BPF_PSEUDO_MAP_FD;
			this.#references.set(slot, { kind: "map", name: value.section.slice(MAP_PLACE.length) });
			return;
		}
		this.#address(item, slot, value, from);
	}

	#address(item: Item, slot: number, value: Value, from: Token): void {
		const section = this.#unit.sections.get(value.section ?? "");
		if (section?.kind === "data") {
			item.src = BPF_PSEUDO_MAP_VALUE;
			item.next = lowHalf(value.value);
			this.#references.set(slot, { kind: "data", section, offset: Number(value.value) });
		} else if (section?.kind === "code" && value.value % 8n === 0n) {
			item.src = BPF_PSEUDO_FUNC;
			const to = Number(value.value / 8n);
			this.#references.set(slot, { kind: "function", section, slot: to, token: from });
		} else this.#unit.problem("asm/syntax", `${from.text} has no address`, from);
	}

	#place(token: Token): Value | undefined {
		const found = this.#unit.lookup(token);
		if (found) return found;
		if (!this.#unit.maps.has(token.text)) return undefined;
		this.#unit.uses.push({ token, name: token.text });
		return { value: 0n, section: MAP_PLACE + token.text };
	}
}
