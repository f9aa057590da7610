// Whether control can reach the end of a statement: for "non-void function does not return a value".

import type { Expression, Statement } from "../ast/index.ts";
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
		case "if": {
			if (s.condition.kind === "number") {
				if (s.condition.value !== 0n)
					return ends(s.then, around) || (s.otherwise ? hides(s.otherwise, around) : false);
				return s.otherwise ? ends(s.otherwise, around) : true;
			}
			const then = ends(s.then, around);
			return (s.otherwise ? ends(s.otherwise, around) : true) || then;
		}
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
			return ends(s.body, around);
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

function hides(s: Statement, around: Reach): boolean {
	return labelled(s) ? ends(s, around) : false;
}

function truth(e: Expression): boolean {
	return e.kind === "number" && e.value !== 0n;
}

function continues(s: Statement): boolean {
	if (s.kind === "continue") return true;
	if (s.kind === "block") return s.items.some(continues);
	if (s.kind === "if") return continues(s.then) || (s.otherwise ? continues(s.otherwise) : false);
	return s.kind === "case" || s.kind === "label" || s.kind === "switch" ? continues(s.body) : false;
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
			return labelled(s.then) || (s.otherwise ? labelled(s.otherwise) : false);
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
	if (e.kind === "comma") return stops(e.left) || stops(e.right);
	if (e.kind === "statements")
		return !ends(e.body, { broken: false }) || (e.value ? stops(e.value) : false);
	const called = e.kind === "call" ? calledFunction(e.callee) : undefined;
	return called?.attributes.noreturn === true;
}
