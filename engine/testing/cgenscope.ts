// What statements of a random C program can name. For cgenprogram.ts and its parts.

import type { CType, Lvalue } from "./cgen.ts";

export interface Field {
	readonly name: string;
	readonly type: CType;
	readonly width?: number;
	readonly count?: number;
}

export interface Struct {
	readonly tag: string;
	readonly text: string;
	readonly fields: readonly Field[];
}

export interface ArrayVar {
	readonly text: string;
	readonly type: CType;
	readonly count: number;
	readonly constant?: boolean;
}

export interface Scope {
	readonly places: Lvalue[];
	readonly arrays: ArrayVar[];
	readonly structs: { text: string; struct: Struct }[];
	readonly pointers: { name: string; type: CType }[];
}
