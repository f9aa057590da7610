// Gives BTF to an optimised module: types for the functions, variables, externs and CO-RE records that are left in it, and for
// what those reach. Knows of code only which CO-RE records it uses.

import type { Extern, Func, Global, Module } from "../../ssa/index.ts";
import {
	type CFunction,
	type CType,
	canonical,
	functionTypeOf,
	type Variable,
} from "../ast/index.ts";
import { TypeGraph } from "./graph.ts";

/** What the names of a module were in the source. */
export interface Origins {
	readonly functions: ReadonlyMap<string, CFunction>;
	readonly variables: ReadonlyMap<string, Variable>;
	readonly core: readonly {
		readonly kind: number;
		readonly root: CType;
		readonly access: string;
		readonly value: bigint;
		readonly wide: boolean;
	}[];
}

const STATIC = 0;
const GLOBAL = 1;
const EXTERN = 2;
const TYPE_ID_LOCAL = 6;

/** The module with its types; externs that no code or data refers to are dropped. */
export function attachTypes(module: Module, origins: Origins): Module {
	const graph = new TypeGraph();
	const used = usesOf(module);
	const needed = module.externs.filter((e) => used.symbols.has(e.name));
	// A map that another object defines is described like one's own: the linker compares them.
	for (const { section, name } of [...module.globals, ...needed])
		if (section === ".maps") {
			const v = origins.variables.get(name);
			if (v) graph.mapDefinition(v.type);
		}
	const functions = module.functions.map((f) => withFunction(graph, f, origins));
	const globals = module.globals.map((g) => withVariable(graph, g, origins));
	const externs = needed.map((e) => withExtern(graph, e, origins));
	const core = origins.core.map((use, i) => {
		const { kind, access, value, wide } = use;
		if (!used.records.has(i)) return { kind, type: 0, access, value, wide };
		const type = graph.type(rootType(use.root));
		return { kind, type, access, value: kind === TYPE_ID_LOCAL ? BigInt(type) : value, wide };
	});
	graph.finish();
	return { ...module, functions, globals, externs, core, types: graph.types };
}

/** The module without types: unused externs are dropped, CO-RE records are numbered. */
export function withoutTypes(module: Module, origins: Origins): Module {
	const used = usesOf(module);
	const externs = module.externs.filter((e) => used.symbols.has(e.name));
	const core = origins.core.map(({ kind, access, value, wide }) => ({
		kind,
		type: 0,
		access,
		value,
		wide,
	}));
	return { ...module, externs, core };
}

/** What a record starts at, without qualifiers; a typedef's name stays. */
function rootType(type: CType): CType {
	let t = type;
	while (t.kind === "qualified" || t.kind === "tagged" || t.kind === "space") t = t.type;
	return t;
}

/** The symbols and CO-RE records that code and data refer to. */
function usesOf(module: Module): { symbols: Set<string>; records: Set<number> } {
	const symbols = new Set<string>();
	const records = new Set<number>();
	for (const f of module.functions)
		for (const block of f.blocks)
			for (const node of [...block.phis, ...block.body, block.terminator]) {
				if (node.op === "call" && node.callee.kind === "function") symbols.add(node.callee.name);
				if (node.op === "asm" || node.op === "asmgoto")
					for (const [name] of node.asm.template.matchAll(/[A-Za-z_$][\w$]*/g)) symbols.add(name);
				for (const arg of node.args) {
					if (arg.op === "global") symbols.add(arg.symbol);
					else if (arg.op === "core") records.add(arg.record);
				}
			}
	for (const g of module.globals) for (const a of g.addresses) symbols.add(a.symbol);
	return { symbols, records };
}

function addFunction(
	graph: TypeGraph,
	f: CFunction,
	linkage: "static" | "global" | "extern",
): number {
	const type = functionTypeOf(f.type);
	if (!type) return 0;
	const names = type.params.map((p, i) => f.params[i]?.name ?? p.name);
	const proto = graph.prototype(type, linkage === "extern" ? undefined : names);
	const id = graph.add({ kind: "func", name: f.name, type: proto, linkage });
	f.params.forEach((p, i) => {
		graph.declTags(p.attributes.declTags, id, i);
	});
	graph.declTags(f.attributes.declTags, id, -1);
	return id;
}

function withFunction(graph: TypeGraph, f: Func, origins: Origins): Func {
	const source = origins.functions.get(f.name);
	if (!source || f.blocks.length === 0) return f;
	return { ...f, btf: addFunction(graph, source, f.linkage === "static" ? "static" : "global") };
}

function addVariable(graph: TypeGraph, name: string, v: Variable, linkage: number): number {
	const type = graph.type(v.type);
	const id = graph.add({ kind: "var", name, type, linkage });
	graph.declTags(v.attributes.declTags, id, -1);
	return id;
}

function withVariable(graph: TypeGraph, g: Global, origins: Origins): Global {
	const v = origins.variables.get(g.name);
	if (!v || g.name.startsWith(".")) return g;
	return { ...g, btf: addVariable(graph, g.name, v, g.linkage === "static" ? STATIC : GLOBAL) };
}

function withExtern(graph: TypeGraph, e: Extern, origins: Origins): Extern {
	const f = origins.functions.get(e.name);
	if (f) return { ...e, btf: addFunction(graph, f, "extern") };
	const v = origins.variables.get(e.name);
	if (v) {
		// Something whose size nobody knows counts as one byte.
		const core = canonical(v.type);
		const isUnknown = core.kind === "void" || (core.kind === "record" && !core.tag.complete);
		return { ...e, size: isUnknown ? 1 : e.size, btf: addVariable(graph, e.name, v, EXTERN) };
	}
	if (!e.function) return e;
	const type = graph.prototype({
		kind: "function",
		returns: { kind: "void" },
		params: [],
		variadic: false,
		prototype: true,
	});
	return { ...e, btf: graph.add({ kind: "func", name: e.name, type, linkage: "extern" }) };
}
