// One object that is to be linked: its types decoded, the type and BTF section of each of its global symbols found.

import { type Diagnostic, equalBytes, type Outcome } from "../base/index.ts";
import { type Btf, type BtfType, decodeBtf, decodeBtfExt, type ExtSection } from "../btf/index.ts";
import type { Relocatable, SymbolData } from "../object/index.ts";

/** A named object: the name stands in messages. */
export interface LinkInput {
	readonly name: string;
	readonly object: Relocatable;
}

/** A `LinkInput` with its BTF read. */
export interface Source extends LinkInput {
	readonly btf: Btf;
	readonly ext: readonly ExtSection[];
	/** Name of a function or variable that is not static → its type. */
	readonly globals: ReadonlyMap<string, GlobalType>;
}

export interface GlobalType {
	/** Id of a BTF_KIND_VAR or BTF_KIND_FUNC. */
	readonly id: number;
	/** The BTF_KIND_DATASEC that lists it, e.g. `.maps`, `.ksyms`. */
	readonly section?: string;
}

export function linkError(id: string, message: string): Diagnostic {
	return { severity: "error", id: `link/${id}`, message };
}

const none: Btf = { types: [{ kind: "void" }], firstId: 1, string: () => "", stringLength: 1 };

/** Decodes the BTF of an object; one without any has no types. */
export function openInput(input: LinkInput): Outcome<Source> {
	const { btf: bytes, btfExt } = input.object;
	const btf = bytes ? decodeBtf(bytes) : { value: none, diagnostics: [] };
	if (!btf.value) return { diagnostics: btf.diagnostics.map((d) => ofInput(d, input)) };
	const ext = bytes && btfExt ? decodeBtfExt(btfExt, btf.value) : { value: [], diagnostics: [] };
	if (!ext.value) return { diagnostics: ext.diagnostics.map((d) => ofInput(d, input)) };
	const value = { ...input, btf: btf.value, ext: ext.value, globals: globalTypes(btf.value) };
	return { value, diagnostics: [] };
}

function ofInput(d: Diagnostic, input: LinkInput): Diagnostic {
	return { ...d, message: `${input.name}: ${d.message}` };
}

/** Linkage of BTF_KIND_VAR. */
export const VAR_STATIC = 0;
export const VAR_GLOBAL = 1;
export const VAR_EXTERN = 2;

/** A function or variable that other objects can see. */
export function isGlobal(type: BtfType): type is Extract<BtfType, { kind: "var" | "func" }> {
	return (
		(type.kind === "var" && type.linkage !== VAR_STATIC) ||
		(type.kind === "func" && type.linkage !== "static")
	);
}

function globalTypes(btf: Btf): Map<string, GlobalType> {
	const sections = new Map<number, string>();
	for (const type of btf.types)
		if (type.kind === "datasec") for (const v of type.vars) sections.set(v.type, type.name);
	const globals = new Map<string, GlobalType>();
	btf.types.forEach((type, id) => {
		if (!isGlobal(type)) return;
		const section = sections.get(id);
		globals.set(type.name, { id, ...(section === undefined ? {} : { section }) });
	});
	return globals;
}

/** Sections that every object has for itself and that have to be the same in all. */
export function isShared(section: string): boolean {
	return section === "license" || section === "version";
}

export function sameContent(a: Uint8Array, b: Uint8Array): boolean {
	return equalBytes(a, b);
}

export function isDefined(symbol: SymbolData): symbol is SymbolData & { readonly section: number } {
	return symbol.section !== undefined;
}
