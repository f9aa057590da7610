// The BTF of an object → the BTF that the kernel takes: sizes and offsets of data sections from the symbols, externs as variables
// of the program's own, hidden symbols as static ones.

import { type Btf, resolveType } from "../btf/index.ts";
import type { Relocatable } from "../object/index.ts";
import type { Externs } from "./externs.ts";
import { BtfPatch, type SectionVariable } from "./patch.ts";

const LINKAGE = { static: 0, global: 1, extern: 2 } as const;
const WORD = 4;

/** Changes `bytes`, whose decoded form is `btf`; ids and string offsets stay. */
export function fixTypes(
	bytes: Uint8Array,
	btf: Btf,
	object: Relocatable,
	externs: Externs,
): Uint8Array {
	const patch = new BtfPatch(bytes);
	const hasExterns = externs.bySymbol.size > 0;
	btf.types.forEach((type, id) => {
		if (type.kind === "datasec") {
			if (type.name === ".ksyms") {
				if (hasExterns) kernelSymbols(patch, btf, id, type.vars);
			} else if (type.name === ".kconfig") {
				if (hasExterns) kernelOptions(patch, id, type.vars, externs);
			} else dataSection(patch, btf, { ...type, id }, object);
		} else if (type.kind === "func" && type.linkage === "global") {
			const text = object.sections.findIndex((s) => s.name === ".text");
			const hides = (s: (typeof object.symbols)[number]) =>
				s.hidden && s.name === type.name && s.section === text && s.kind === "function";
			if (object.symbols.some(hides)) patch.func(id, LINKAGE.static);
		}
	});
	return patch.bytes();
}

type Datasec = {
	readonly id: number;
	readonly name: string;
	readonly size: number;
	readonly vars: readonly SectionVariable[];
};

const byOffset = (a: SectionVariable, b: SectionVariable) => a.offset - b.offset;

/** clang leaves sizes and offsets of global variables at 0; a linker fills them in. */
function dataSection(patch: BtfPatch, btf: Btf, datasec: Datasec, object: Relocatable): void {
	const index = object.sections.findIndex((s) => s.name === datasec.name);
	const size = datasec.size || (object.sections[index]?.bytes.length ?? 0);
	const vars = datasec.vars.map((v) => {
		const variable = btf.types[v.type];
		if (variable?.kind !== "var" || variable.linkage !== LINKAGE.global) return v;
		const symbol = object.symbols.find(
			(s) => s.binding !== "local" && s.name === variable.name && s.kind === "object",
		);
		if (symbol?.hidden) patch.variable(v.type, LINKAGE.static);
		return datasec.size === 0 && symbol ? { ...v, offset: symbol.value } : v;
	});
	patch.datasec(datasec.id, size, vars.sort(byOffset));
}

function kernelOptions(
	patch: BtfPatch,
	id: number,
	vars: readonly SectionVariable[],
	externs: Externs,
): void {
	const placed = vars.map((v) => ({ ...v, offset: externs.places.get(v.type) ?? v.offset }));
	for (const v of vars) if (externs.places.has(v.type)) patch.variable(v.type, LINKAGE.global);
	patch.datasec(id, externs.kconfig?.length ?? 0, placed.sort(byOffset));
}

/** Kernel variables and functions become integers of the program's own, for the kernel knows no extern ones. */
function kernelSymbols(
	patch: BtfPatch,
	btf: Btf,
	id: number,
	vars: readonly SectionVariable[],
): void {
	const int = btf.types.findIndex((t) => t.kind === "int" && t.bits === 32);
	if (int < 0) return;
	const functions = vars.filter((v) => btf.types[v.type]?.kind === "func");
	const name = functions.length ? patch.string("dummy_ksym") : 0;
	const dummy = functions.length ? patch.addVariable(name, int) : 0;
	const replaced = vars.map((v, i) => {
		const type = btf.types[v.type];
		const place = { offset: i * WORD, size: WORD };
		if (type?.kind === "var") patch.variable(v.type, LINKAGE.global, int);
		if (type?.kind !== "func") return { type: v.type, ...place };
		if (resolveType(btf, type.type)?.type.kind === "func_proto")
			patch.nameParameters(type.type, name);
		patch.func(v.type, LINKAGE.global);
		return { type: dummy, ...place };
	});
	patch.datasec(id, vars.length * WORD, replaced);
}
