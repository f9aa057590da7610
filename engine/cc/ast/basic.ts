// The types that need no declaration, as clang's bpf target has them (LP64, plain char is signed). One object each.

import type { CType, IntType } from "./type.ts";

function int(name: string, size: IntType["size"], signed: boolean, rank: number): IntType {
	return { kind: "int", name, size, signed, rank };
}

export const voidType: CType = { kind: "void" };
export const boolType: CType = { kind: "bool" };
export const charType = int("char", 1, true, 1);
export const signedCharType = int("signed char", 1, true, 1);
export const unsignedCharType = int("unsigned char", 1, false, 1);
export const shortType = int("short", 2, true, 2);
export const unsignedShortType = int("unsigned short", 2, false, 2);
export const intType = int("int", 4, true, 3);
export const unsignedType = int("unsigned int", 4, false, 3);
export const longType = int("long", 8, true, 4);
export const unsignedLongType = int("unsigned long", 8, false, 4);
export const longLongType = int("long long", 8, true, 5);
export const unsignedLongLongType = int("unsigned long long", 8, false, 5);
export const int128Type = int("__int128", 16, true, 6);
export const unsignedInt128Type = int("unsigned __int128", 16, false, 6);
export const floatType: CType = { kind: "float", name: "float", size: 4 };
export const doubleType: CType = { kind: "float", name: "double", size: 8 };
export const longDoubleType: CType = { kind: "float", name: "long double", size: 8 };

/** Of what was already reported as wrong: no message names it. Compared by identity. */
export const errorType: IntType = int("<error>", 4, true, 3);

export const voidPointer: CType = { kind: "pointer", to: voidType };
export const constVoidPointer: CType = { kind: "pointer", to: constant(voidType) };
export const charPointer: CType = { kind: "pointer", to: charType };
export const constCharPointer: CType = { kind: "pointer", to: constant(charType) };

function constant(type: CType): CType {
	return { kind: "qualified", type, const: true, volatile: false, restrict: false };
}

const unsignedOf = new Map<IntType, IntType>([
	[charType, unsignedCharType],
	[signedCharType, unsignedCharType],
	[shortType, unsignedShortType],
	[intType, unsignedType],
	[longType, unsignedLongType],
	[longLongType, unsignedLongLongType],
	[int128Type, unsignedInt128Type],
]);

/** The unsigned type of the same size and rank. */
export function toUnsigned(type: IntType): IntType {
	return unsignedOf.get(type) ?? type;
}

/** The standard type of a size in bytes, `int` kinds before `long long`. */
export function intOfSize(size: number, signed: boolean): IntType {
	if (size === 1) return signed ? signedCharType : unsignedCharType;
	if (size === 2) return signed ? shortType : unsignedShortType;
	if (size === 4) return signed ? intType : unsignedType;
	if (size === 8) return signed ? longType : unsignedLongType;
	return signed ? int128Type : unsignedInt128Type;
}
