// What a parenthesis belongs to: a call, a condition, an attribute, a declarator; and whether it holds parameters.

import type { Callee, Frame, Role } from "./frame.ts";
import type { Neighbours } from "./space.ts";
import { controls, isAttribute, isTypeof } from "./words.ts";

export function calleeOf({ facts, pieces, at, before, role, frame }: Neighbours): Callee {
	const text = pieces[before]?.text ?? "";
	if (role === "keyword") {
		if (isTypeof(text)) return "type";
		if (controls.has(text)) return frame.statement.control === text ? "control" : "none";
		return /sizeof|lignof/.test(text) ? "size" : "none";
	}
	if (role === "attribute") return isAttribute(text) ? "attribute" : "none";
	if (role === "type") {
		const star = pieces[facts.next[at] ?? pieces.length]?.text === "*";
		return star ? "declarator" : "call";
	}
	return role === "operand" ? "call" : "none";
}

export function holdsParameters(parent: Frame, callee: Callee, previous: Role): boolean {
	if (parent.params) return true;
	if (callee !== "call" || previous === "start") return false;
	const s = parent.statement;
	if (parent.kind === "top" || parent.kind === "record") return !s.assigned;
	return parent.kind === "block" && s.words && s.tokens > 2;
}
