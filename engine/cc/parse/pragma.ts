// What pragmas ask for: packing, attributes pushed over declarations, unrolling of the next loop.

import type { Unroll } from "../ast/index.ts";
import type { Attribute, Context } from "../check/index.ts";
import type { Location } from "../token.ts";

interface Pushed {
	readonly attributes: readonly Attribute[];
	/** `record`, `function`, `variable` … */
	readonly subjects: readonly string[];
}

/** The state that pragmas leave for what follows them. */
export class Pragmas {
	/** Largest alignment of members, in bytes; 0 for none. */
	pack = 0;
	readonly #packs: number[] = [];
	readonly #pushed: Pushed[] = [];
	readonly #ctx: Context;
	#unroll: Unroll | undefined;

	constructor(ctx: Context) {
		this.#ctx = ctx;
	}

	/** Copies what is in force, to go on from later. */
	save(): SavedPragmas {
		return { pack: this.pack, packs: this.#packs.slice(), pushed: this.#pushed.slice() };
	}

	restore(saved: SavedPragmas): void {
		this.pack = saved.pack;
		this.#packs.splice(0, this.#packs.length, ...saved.packs);
		this.#pushed.splice(0, this.#pushed.length, ...saved.pushed);
	}

	/** Attributes that a pragma gives to every declaration of a kind. */
	attributesFor(subject: "record" | "function" | "variable" | "enum"): readonly Attribute[] {
		if (this.#pushed.length === 0) return none;
		return this.#pushed.filter((p) => p.subjects.includes(subject)).flatMap((p) => p.attributes);
	}

	/** A loop pragma waits for its loop. */
	get waiting(): boolean {
		return this.#unroll !== undefined;
	}

	takeUnroll(): Unroll | undefined {
		const unroll = this.#unroll;
		this.#unroll = undefined;
		return unroll;
	}

	/** `text` is what stands behind `#pragma`. */
	act(text: string, at: Location): void {
		const words = text.trim();
		if (words.startsWith("pack")) this.#packed(words, at);
		else if (/^(?:GCC |clang )?unroll\b/.test(words))
			this.#unroll = this.#count(words.replace(/^\w+ (?=unroll)/, ""), at);
		else if (/^nounroll\b/.test(words)) this.#unroll = "none";
		else if (/^clang\s+loop\b/.test(words)) this.#loop(words);
		else if (/^(?:GCC|clang)\s+diagnostic\b/.test(words)) this.#diagnostic(words, at);
		else if (/^clang\s+attribute\b/.test(words)) this.#attribute(words, at);
	}

	#diagnostic(words: string, at: Location): void {
		const match = /^\w+\s+diagnostic\s+(\w+)(?:\s+"-W([^"]*)")?/.exec(words);
		if (match?.[1] !== undefined) this.#ctx.reports.diagnosticPragma(match[1], match[2] ?? "", at);
	}

	#packed(words: string, at: Location): void {
		const inside = /^pack\s*\(([^)]*)\)/.exec(words)?.[1];
		if (inside === undefined) {
			this.#ctx.reports.warning(
				"ignored-pragmas",
				at,
				"missing '(' after '#pragma pack' - ignoring",
			);
			return;
		}
		const parts = inside
			.split(",")
			.map((p) => p.trim())
			.filter((p) => p !== "");
		const number = parts.map(Number).find((n) => Number.isInteger(n));
		if (number !== undefined && ![0, 1, 2, 4, 8, 16].includes(number)) {
			const text = "expected #pragma pack parameter to be '1', '2', '4', '8', or '16'";
			this.#ctx.reports.warning("ignored-pragmas", at, text);
			return;
		}
		if (parts[0] === "push") {
			this.#packs.push(this.pack);
			if (number !== undefined) this.pack = number;
		} else if (parts[0] === "pop") this.pack = this.#packs.pop() ?? 0;
		else this.pack = number ?? 0;
	}

	#count(words: string, at: Location): Unroll {
		const rest = words.slice("unroll".length).replace(/[()]/g, " ").trim();
		if (rest === "") return "full";
		const number = this.#number(rest);
		if (number !== undefined && number > 0) return number === 1 ? "none" : number;
		this.#ctx.reports.error("pragma", at, `invalid value '${rest}'; must be positive`);
		return "full";
	}

	/** A number, or the name of an enumerator. */
	#number(text: string): number | undefined {
		const plain = Number(text.replace(/[uUlL]+$/, ""));
		if (Number.isInteger(plain)) return plain;
		const entity = this.#ctx.scopes.find(this.#ctx.names.id(text));
		return entity?.kind === "enumerator" ? Number(entity.enumerator.value) : undefined;
	}

	#loop(words: string): void {
		const count = /unroll_count\s*\(\s*([^)]*?)\s*\)/.exec(words)?.[1];
		const mode = /unroll\s*\(\s*(\w+)\s*\)/.exec(words)?.[1];
		if (count !== undefined) this.#unroll = this.#number(count) ?? "full";
		else if (mode === "disable") this.#unroll = "none";
		else if (mode === "full" || mode === "enable") this.#unroll = "full";
	}

	#attribute(words: string, at: Location): void {
		const rest = words.replace(/^clang\s+attribute\s*/, "");
		if (/^(?:\w+\s*\.\s*)?pop\b/.test(rest)) {
			if (!this.#pushed.pop())
				this.#ctx.reports.error(
					"pragma",
					at,
					"'#pragma clang attribute pop' with no matching '#pragma clang attribute push'",
				);
			return;
		}
		const subjects = /apply_to\s*=\s*(.*)$/s.exec(rest)?.[1]?.match(/[a-z_]+/g) ?? [];
		const body = /__attribute__\s*\(\((.*?)\)\)\s*(?:,|\))/s.exec(rest)?.[1] ?? "";
		const attributes: Attribute[] = [];
		for (const [, name, args] of body.matchAll(/(\w+)\s*(?:\(([^)]*)\))?/g)) {
			if (name === undefined) continue;
			const strings = [...(args ?? "").matchAll(/"([^"]*)"/g)].map((m) => m[1] ?? "");
			const numbers = args !== undefined && /^\s*\d+\s*$/.test(args) ? [Number(args)] : [];
			attributes.push({ name: name.replace(/^__(.*)__$/, "$1"), at, strings, numbers });
		}
		this.#pushed.push({ attributes, subjects });
	}
}

export interface SavedPragmas {
	readonly pack: number;
	readonly packs: readonly number[];
	readonly pushed: readonly Pushed[];
}

const none: readonly Attribute[] = [];
