// Questions about a type: what is under its sugar, how large it is, what its qualifiers are. Knows nothing of expressions.

import { boolType, intOfSize, unsignedCharType } from "./basic.ts";
import type { CType, FunctionType, IntType, Member, RecordTag } from "./type.ts";

/** A type without sugar at its top. */
export type CoreType = Exclude<CType, { kind: "typedef" | "qualified" | "tagged" | "space" }>;

/** Sees through typedefs, qualifiers, tags and address spaces at the top of a type. */
export function canonical(type: CType): CoreType {
	let t = type;
	for (;;) {
		if (t.kind === "typedef") t = t.typedef.type;
		else if (t.kind === "qualified" || t.kind === "tagged" || t.kind === "space") t = t.type;
		else return t;
	}
}

export interface Qualifiers {
	readonly const: boolean;
	readonly volatile: boolean;
	readonly restrict: boolean;
	readonly space: number;
}

const none: Qualifiers = { const: false, volatile: false, restrict: false, space: 0 };

/** Qualifiers at the top of a type; those of an array are its elements'. */
export function qualifiersOf(type: CType): Qualifiers {
	let out = none;
	for (let t = type; ; ) {
		switch (t.kind) {
			case "typedef":
				t = t.typedef.type;
				break;
			case "tagged":
				t = t.type;
				break;
			case "space":
				out = { ...out, space: out.space || t.space };
				t = t.type;
				break;
			case "qualified":
				out = {
					const: out.const || t.const,
					volatile: out.volatile || t.volatile,
					restrict: out.restrict || t.restrict,
					space: out.space,
				};
				t = t.type;
				break;
			case "array":
				t = t.of;
				break;
			default:
				return out;
		}
	}
}

/** The type with more qualifiers; the same object when nothing is added. */
export function qualify(type: CType, q: Partial<Qualifiers> & { atomic?: boolean }): CType {
	let t = type;
	if (q.const || q.volatile || q.restrict || q.atomic) {
		const inner = t.kind === "qualified" ? t : undefined;
		t = {
			kind: "qualified",
			type: inner ? inner.type : t,
			const: (q.const ?? false) || (inner?.const ?? false),
			volatile: (q.volatile ?? false) || (inner?.volatile ?? false),
			restrict: (q.restrict ?? false) || (inner?.restrict ?? false),
			...(q.atomic || inner?.atomic ? { atomic: true } : {}),
		};
	}
	return q.space ? { kind: "space", type: t, space: q.space } : t;
}

/** Takes the qualifiers (and address space) off the top, keeping typedef names where they hide none. */
export function unqualified(type: CType): CType {
	let t = type;
	for (;;) {
		if (t.kind === "qualified" || t.kind === "space" || t.kind === "tagged") t = t.type;
		else if (t.kind === "typedef" && hidesQualifier(t.typedef.type)) t = t.typedef.type;
		else return t;
	}
}

function hidesQualifier(type: CType): boolean {
	let t = type;
	for (;;) {
		if (t.kind === "qualified" || t.kind === "space") return true;
		if (t.kind === "typedef") t = t.typedef.type;
		else if (t.kind === "tagged") t = t.type;
		else return false;
	}
}

/** What an array's elements are, with the qualifiers that its sugar puts on them. */
export function elementType(type: CType): CType {
	const core = canonical(type);
	if (core.kind !== "array") return core;
	if (type === core) return core.of;
	const q = qualifiersOf(type);
	const inner = qualifiersOf(core.of);
	const missing =
		(q.const && !inner.const) || (q.volatile && !inner.volatile) || q.space !== inner.space;
	return missing ? qualify(core.of, { ...q, restrict: false }) : core.of;
}

/** What a pointer points to; undefined for other types. */
export function pointeeOf(type: CType): CType | undefined {
	const core = canonical(type);
	return core.kind === "pointer" ? core.to : undefined;
}

export function functionTypeOf(type: CType): FunctionType | undefined {
	const core = canonical(type);
	if (core.kind === "function") return core;
	if (core.kind !== "pointer") return undefined;
	const to = canonical(core.to);
	return to.kind === "function" ? to : undefined;
}

export function recordOf(type: CType): RecordTag | undefined {
	const core = canonical(type);
	return core.kind === "record" ? core.tag : undefined;
}

/** Size in bytes; 0 when incomplete, 1 for `void` and functions (GNU). */
export function sizeOf(type: CType): number {
	const core = canonical(type);
	switch (core.kind) {
		case "void":
		case "bool":
		case "function":
			return 1;
		case "int":
		case "float":
			return core.size;
		case "pointer":
			return 8;
		case "enum":
			return core.tag.size;
		case "record":
			return core.tag.size;
		case "array":
			return core.length === undefined ? 0 : core.length * sizeOf(core.of);
	}
}

/** Alignment in bytes, `aligned` on typedefs counted. */
export function alignOf(type: CType): number {
	let t = type;
	for (;;) {
		if (t.kind === "typedef") {
			if (t.typedef.aligned !== undefined) return t.typedef.aligned;
			t = t.typedef.type;
		} else if (t.kind === "qualified" || t.kind === "tagged" || t.kind === "space") t = t.type;
		else if (t.kind === "array") t = t.of;
		else break;
	}
	if (t.kind === "record") return t.tag.align;
	return sizeOf(t) || 1;
}

export function isComplete(type: CType): boolean {
	const core = canonical(type);
	if (core.kind === "void" || core.kind === "function") return false;
	if (core.kind === "record") return core.tag.complete;
	if (core.kind === "array") return core.length !== undefined && isComplete(core.of);
	return core.kind !== "enum" || core.tag.complete;
}

export function isInteger(type: CType): boolean {
	const kind = canonical(type).kind;
	return kind === "int" || kind === "bool" || kind === "enum";
}

/** Whether `_Atomic` stands at the top of a type. */
export function isAtomic(type: CType): boolean {
	for (let t = type; ; ) {
		if (t.kind === "qualified" && t.atomic) return true;
		if (t.kind === "typedef") t = t.typedef.type;
		else if (t.kind === "qualified" || t.kind === "tagged" || t.kind === "space") t = t.type;
		else return false;
	}
}

export function isBoolean(type: CType): boolean {
	return canonical(type).kind === "bool";
}

export function isPointer(type: CType): boolean {
	return canonical(type).kind === "pointer";
}

export function isFloat(type: CType): boolean {
	return canonical(type).kind === "float";
}

/** Integers, floats and pointers. */
export function isScalar(type: CType): boolean {
	const kind = canonical(type).kind;
	return (
		kind === "int" || kind === "bool" || kind === "enum" || kind === "pointer" || kind === "float"
	);
}

export function isVoid(type: CType): boolean {
	return canonical(type).kind === "void";
}

export function isCharacter(type: CType): boolean {
	const core = canonical(type);
	return core.kind === "int" && core.rank === 1;
}

/** The integer type that holds an enum's values. */
export function underlying(type: CType): IntType | undefined {
	const core = canonical(type);
	if (core.kind === "int") return core;
	if (core.kind === "enum") return intOfSize(core.tag.size, core.tag.signed);
	return core === boolType || core.kind === "bool" ? unsignedCharType : undefined;
}

/** Finds a member by name, through anonymous records: the chain from outside in, or undefined. */
export function findMember(tag: RecordTag, name: string): Member[] | undefined {
	for (const member of tag.members) {
		if (member.name === name && name !== "") return [member];
		if (member.name !== "" || member.bitSize !== undefined) continue;
		const inner = recordOf(member.type);
		const found = inner && findMember(inner, name);
		if (found) return [member, ...found];
	}
	return undefined;
}
