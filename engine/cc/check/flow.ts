// Whether control can reach the end of a statement: for "non-void function does not return a value".

import { armsOf, behindLabels, commasOf, type Expression, type Statement } from "../ast/index.ts";
import { calledFunction } from "./paths.ts";

interface Reach {
	/** A `break` leaves the innermost loop or switch. */
	broken: boolean;
}

/** Whether the end of a function's body can be reached. */
export function fallsThrough(body: Statement): boolean {
	return ends(body, { broken: false });
}

/** True when control may go on after the statement. */
function ends(s: Statement, around: Reach): boolean {
	switch (s.kind) {
		case "block": {
			let open = true;
			for (const item of s.items) {
				if (!open && !labelled(item)) continue;
				open = ends(item, around);
			}
			return open;
		}
		case "expression":
			return !stops(s.expression);
		case "if":
			return chain(s, around);
		case "while":
		case "for": {
			const inner: Reach = { broken: false };
			ends(s.body, inner);
			const forever = s.condition ? truth(s.condition) : s.kind === "for";
			return inner.broken || !forever;
		}
		case "do": {
			const inner: Reach = { broken: false };
			const open = ends(s.body, inner);
			return inner.broken || (open && !truth(s.condition)) || continues(s.body);
		}
		case "switch": {
			const inner: Reach = { broken: false };
			const open = ends(s.body, inner);
			return open || inner.broken || !s.cases.some((c) => c.low === undefined);
		}
		case "case":
		case "label":
			return ends(behindLabels(s), around);
		case "break":
			around.broken = true;
			return false;
		case "goto":
		case "continue":
		case "return":
			return false;
		case "asm":
			return s.labels.length === 0 || !s.template.includes("goto");
		default:
			return true;
	}
}

/** `if` with every `else if`. */
function chain(s: Extract<Statement, { kind: "if" }>, around: Reach): boolean {
	let open = false;
	let at: Statement = s;
	while (at.kind === "if") {
		const known = at.condition.kind === "number" ? at.condition.value !== 0n : undefined;
		if (known !== false && ends(at.then, around)) open = true;
		const { otherwise }: { otherwise?: Statement } = at;
		if (known === true) return open || (otherwise ? hides(otherwise, around) : false);
		if (!otherwise) return true;
		at = otherwise;
	}
	return ends(at, around) || open;
}

function hides(s: Statement, around: Reach): boolean {
	return labelled(s) ? ends(s, around) : false;
}

function truth(e: Expression): boolean {
	return e.kind === "number" && e.value !== 0n;
}

function continues(s: Statement): boolean {
	if (s.kind === "continue") return true;
	if (s.kind === "block") return s.items.some(continues);
	if (s.kind === "if") return armsOf(s).some(continues);
	if (s.kind === "case" || s.kind === "label") return continues(behindLabels(s));
	return s.kind === "switch" && continues(s.body);
}

/** Whether a jump from elsewhere can lead into a statement. */
function labelled(s: Statement): boolean {
	switch (s.kind) {
		case "label":
		case "case":
			return true;
		case "block":
			return s.items.some(labelled);
		case "if":
			return armsOf(s).some(labelled);
		case "while":
		case "do":
		case "for":
			return labelled(s.body);
		default:
			return false;
	}
}

/** Calls of functions that never return. */
function stops(e: Expression): boolean {
	if (e.kind === "cast") return stops(e.operand);
	if (e.kind === "builtin")
		return e.name === "__builtin_unreachable" || e.name === "__builtin_trap";
	if (e.kind === "comma") return commasOf(e).some(stops);
	if (e.kind === "statements")
		return !ends(e.body, { broken: false }) || (e.value ? stops(e.value) : false);
	const called = e.kind === "call" ? calledFunction(e.callee) : undefined;
	return called?.attributes.noreturn === true;
}
