// `#if` and its kin: which groups are read and which are skipped. Skipping goes from directive to directive.

import type { Location } from "../token.ts";
import { evaluate } from "./condition.ts";
import { macroName } from "./define.ts";
import type { Expander } from "./expand.ts";
import type { Conditional, Frame } from "./frame.ts";
import { lineStart } from "./raw.ts";
import type { State } from "./state.ts";

const names = new Set(["if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif"]);

export function isConditional(name: string): boolean {
	return names.has(name);
}

/** Acts on a conditional directive of a group that is being read; the frame is behind the directive's name. */
export function conditional(
	state: State,
	expander: Expander,
	frame: Frame,
	name: string,
	at: Location,
): void {
	const act = new Conditionals(state, expander, frame);
	if (name.startsWith("if")) act.open(name, at);
	else if (name === "endif") act.close(at);
	else act.turn(name, at);
}

class Conditionals {
	readonly #state: State;
	readonly #expander: Expander;
	readonly #frame: Frame;

	constructor(state: State, expander: Expander, frame: Frame) {
		this.#state = state;
		this.#expander = expander;
		this.#frame = frame;
	}

	open(name: string, at: Location): void {
		const taken = this.#test(name);
		this.#frame.conditionals.push({ at, taken, otherwise: undefined });
		if (!taken) this.#skip();
	}

	close(at: Location): void {
		if (this.#frame.conditionals.pop() === undefined)
			this.#state.reports.error("cc/conditional", "#endif without #if", at, 5);
		else this.#extra("endif");
	}

	/** `#else` or `#elif` behind a group that was read. */
	turn(name: string, at: Location): void {
		const open = this.#frame.conditionals[this.#frame.conditionals.length - 1];
		if (open === undefined) {
			this.#state.reports.error("cc/conditional", `#${name} without #if`, at, name.length);
			return;
		}
		if (name === "elifdef" || name === "elifndef") this.#newer(name, at);
		if (!this.#ordered(open, name, at)) return;
		if (name === "else") this.#extra(name);
		this.#skip();
	}

	#newer(name: string, at: Location): void {
		const message = `use of a '#${name}' directive is a C23 extension`;
		this.#state.reports.warning("cc/c23-extensions", message, at, name.length);
	}

	/** False, with a report, when an `#else` came before. */
	#ordered(open: Conditional, name: string, at: Location): boolean {
		if (open.otherwise !== undefined) {
			const message = `#${name} after #else`;
			this.#state.reports.error("cc/conditional", message, at, name.length);
			return false;
		}
		if (name === "else") open.otherwise = at;
		return true;
	}

	#test(name: string): boolean {
		const state = this.#state;
		const frame = this.#frame;
		if (name === "if" || name === "elif") {
			if (frame.next >= frame.limit) {
				state.reports.error("cc/condition", "expected value in expression", frame.lineBehind());
				return false;
			}
			return evaluate(state, this.#expander, frame.lineBehind());
		}
		const line = frame.rest();
		const token = line[0];
		if (token === undefined) {
			state.reports.error("cc/macro-name", "macro name missing", frame.behind());
			return name.endsWith("ndef");
		}
		if (!macroName(state, token)) return false;
		if (line.length > 1) this.#warnExtra(name, frame.limit - line.length + 1);
		return (state.macros[token.text] !== undefined) === !name.endsWith("ndef");
	}

	#extra(name: string): void {
		if (this.#frame.next < this.#frame.limit) this.#warnExtra(name, this.#frame.next);
	}

	#warnExtra(name: string, index: number): void {
		const message = `extra tokens at end of #${name} directive`;
		this.#state.reports.warning("cc/extra-tokens", message, this.#frame.at(index));
	}

	/** Moves to the group of the innermost conditional that is to be read, or behind its end. */
	#skip(): void {
		const frame = this.#frame;
		const state = this.#state;
		const { directives, flags, text, length } = frame.lexed;
		const open = frame.conditionals[frame.conditionals.length - 1];
		if (open === undefined) return;
		frame.next = Math.max(frame.next, frame.limit);
		let depth = 0;
		for (let i = frame.nextDirective(); i < directives.length; i++) {
			const index = (directives[i] ?? 0) + 1;
			if (index >= length || (flags[index] ?? 0) & lineStart) continue;
			const name = state.names.text(text[index] ?? 0);
			if (!names.has(name)) continue;
			if (name.startsWith("if")) depth++;
			else if (depth > 0) {
				if (name === "endif") depth--;
			} else if (this.#ends(open, name, index)) return;
		}
		frame.next = length;
		frame.limit = length;
	}

	/** Whether skipping stops at a directive of the conditional itself, whose name is at `index`. */
	#ends(open: Conditional, name: string, index: number): boolean {
		const frame = this.#frame;
		const at = frame.at(index);
		if (name === "elifdef" || name === "elifndef") this.#newer(name, at);
		frame.next = index + 1;
		frame.limit = frame.lineEnd(index);
		if (name === "endif") {
			this.#extra(name);
			frame.conditionals.pop();
		} else {
			if (!this.#ordered(open, name, at)) return false;
			if (name === "else") this.#extra(name);
			if (open.taken || !(name === "else" || this.#test(name))) return false;
			open.taken = true;
		}
		frame.next = frame.limit;
		return true;
	}
}
