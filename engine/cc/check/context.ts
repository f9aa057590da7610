// What the checks share: names in scope, messages, what the unit holds so far. Knows nothing of tokens' order.

import {
	type AsmStatement,
	type CFunction,
	type CType,
	type Expression,
	errorType,
	int128Type,
	type RecordTag,
	type TypedefName,
	unsignedInt128Type,
	type Variable,
	voidPointer,
} from "../ast/index.ts";
import { Shown } from "../groups.ts";
import type { Locations } from "../location.ts";
import type { Location, Names } from "../token.ts";
import { Reports } from "./report.ts";
import { type Enumerator, Scopes } from "./scope.ts";

/** What a reference leads to. */
export type Target =
	| Variable
	| CFunction
	| TypedefName
	| Enumerator
	| RecordTag
	| { readonly at: Location };

/** A name that stands where an editor asks what could: the checker tells what it knows at that place, once. */
export interface Probe {
	readonly name: string;
	/** It is a member of this record. */
	members(tag: RecordTag): void;
	/** It is an ordinary name; these are visible. */
	names(visible: ReturnType<Scopes["visible"]>, nameOf: (id: number) => string): void;
	/** It is behind `struct`, `union` or `enum`. */
	tags(visible: ReturnType<Scopes["visible"]>, nameOf: (id: number) => string): void;
}

export interface Settings {
	readonly locations: Locations;
	readonly names: Names;
	/** `v1` … `v4`. */
	readonly cpu: string;
	/** C23: its keywords, and `()` for no parameters. */
	readonly modern?: boolean;
	/** Which warnings are wanted; clang's usual ones without. */
	readonly shown?: Shown;
	/** Collects each use of a declared name, for editors. */
	readonly references?: { readonly at: Location; readonly target: Target }[];
	readonly probe?: Probe;
}

/** The state of one check. */
export class Context {
	readonly settings: Settings;
	readonly names: Names;
	readonly reports: Reports;
	readonly scopes: Scopes;
	readonly shown: Shown;
	functions: CFunction[] = [];
	variables: Variable[] = [];
	records: RecordTag[] = [];
	asm: AsmStatement[] = [];
	/** Functions and variables with linkage by name id, wherever they were declared. */
	readonly linked = new Map<number, CFunction | Variable>();
	/** The function whose body is being read. */
	current: CFunction | undefined;
	/** Above 0 inside `sizeof`, `typeof` and the like: uses do not count. */
	unevaluated = 0;
	/** Above 0 inside the parameters of a declarator. */
	prototypes = 0;
	/** Where a static function without a body was first used. */
	readonly firstUse = new Map<CFunction, Location>();
	/** Types that the function being read names for itself, and those of them that are used. */
	readonly localTypes: TypedefName[] = [];
	readonly usedTypes = new Set<TypedefName>();
	/** Static locals so far, by name, to keep the names apart. */
	readonly statics = new Map<string, number>();

	constructor(settings: Settings) {
		this.settings = settings;
		this.names = settings.names;
		this.scopes = new Scopes(settings.names.size);
		this.shown = settings.shown ?? new Shown();
		this.reports = new Reports(settings.locations, this.shown);
		this.#predeclare("__builtin_va_list", voidPointer);
		this.#predeclare("__int128_t", int128Type);
		this.#predeclare("__uint128_t", unsignedInt128Type);
	}

	#predeclare(name: string, of: CType): void {
		const typedef: TypedefName = { name, type: of, declTags: [], at: 0 };
		const type: CType = { kind: "typedef", typedef };
		this.scopes.declare(this.names.id(name), { kind: "typedef", level: -1, typedef, type });
	}

	/** Tells the probe the record whose member is asked for, when `name` is the probe's. */
	probeMembers(name: string, tag: RecordTag): void {
		const { probe } = this.settings;
		if (probe?.name === name) probe.members(tag);
	}

	/** Tells the probe what is visible, when `name` is the probe's. */
	probeNames(name: string, tags = false): void {
		const { probe } = this.settings;
		if (probe?.name !== name) return;
		const nameOf = (id: number) => this.names.text(id);
		if (tags) probe.tags(this.scopes.visible(), nameOf);
		else probe.names(this.scopes.visible(), nameOf);
	}

	refer(at: Location, target: Target): void {
		this.settings.references?.push({ at, target });
	}
}

/** A variable's name as written: a static local's without its function. */
export function shownName(variable: { readonly name: string }): string {
	return variable.name.split(".")[1] ?? variable.name;
}

/** Stands for an expression that was reported as wrong. */
export function bad(at: Location, end: Location = at): Expression {
	return { kind: "number", type: errorType, value: 0n, at, end };
}

export function isBad(e: { readonly type: CType }): boolean {
	return e.type === errorType;
}
