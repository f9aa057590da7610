// Compatibility of types and the type that two declarations make together (C11 6.2.7). Knows nothing of expressions.

import { canonical, elementType, qualifiersOf, underlying } from "./query.ts";
import type { CType, FunctionType } from "./type.ts";

const limit = 200;

/** Whether two types are compatible; qualifiers at the top count too, unless `bare`. */
export function compatible(left: CType, right: CType, bare = false): boolean {
	return same(left, right, bare, 0);
}

function same(left: CType, right: CType, bare: boolean, depth: number): boolean {
	if (left === right || depth > limit) return true;
	if (!bare && !sameQualifiers(left, right)) return false;
	const a = canonical(left);
	const b = canonical(right);
	if (a === b) return true;
	if (a.kind === "pointer" && b.kind === "pointer") return same(a.to, b.to, false, depth + 1);
	if (a.kind === "array" && b.kind === "array") {
		if (a.length !== undefined && b.length !== undefined && a.length !== b.length) return false;
		return same(elementType(left), elementType(right), bare, depth + 1);
	}
	if (a.kind === "function" && b.kind === "function") return sameFunction(a, b, depth + 1);
	if (a.kind === "record") return b.kind === "record" && a.tag === b.tag;
	if (a.kind === "enum" && b.kind === "enum") return a.tag === b.tag;
	if (a.kind === "enum" && b.kind === "int") return underlying(a) === b;
	if (b.kind === "enum" && a.kind === "int") return underlying(b) === a;
	if (a.kind === "float" && b.kind === "float") return a.name === b.name;
	if (a.kind === "int" && b.kind === "int") return a.name === b.name;
	return a.kind === b.kind && (a.kind === "void" || a.kind === "bool");
}

function sameQualifiers(left: CType, right: CType): boolean {
	const a = qualifiersOf(left);
	const b = qualifiersOf(right);
	return a === b || (a.const === b.const && a.volatile === b.volatile && a.space === b.space);
}

function sameFunction(a: FunctionType, b: FunctionType, depth: number): boolean {
	if (!same(a.returns, b.returns, true, depth)) return false;
	if (!a.prototype || !b.prototype) return true;
	if (a.variadic !== b.variadic || a.params.length !== b.params.length) return false;
	return a.params.every((p, i) => {
		const other = b.params[i];
		return other !== undefined && same(p.type, other.type, true, depth);
	});
}

/** What two compatible declarations say together: the known length, the prototype. The newer sugar wins. */
export function composite(older: CType, newer: CType): CType {
	const a = canonical(older);
	const b = canonical(newer);
	if (a.kind === "array" && b.kind === "array")
		return b.length === undefined && a.length !== undefined ? older : newer;
	if (a.kind === "function" && b.kind === "function" && a.prototype && !b.prototype) return older;
	return newer;
}
