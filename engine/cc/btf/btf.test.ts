// The BTF of a unit, against what clang makes of the same source (read once with bpftool, ids left out where order is free).

import { expect, test } from "vitest";
import { builtinHeaders, compile, compileToSsa } from "../index.ts";

function typesOf(text: string) {
	const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
	const { value, diagnostics } = compileToSsa({ name: "t.c", text }, files);
	expect(diagnostics.map((d) => d.message)).toEqual([]);
	return value?.module.types ?? [];
}

const named = (types: ReturnType<typeof typesOf>, kind: string) =>
	types.flatMap((t) => (t.kind === kind && "name" in t ? [t.name] : [])).sort();

test("a struct behind a pointer in a struct stays a forward declaration, behind a parameter it is whole", () => {
	const types = typesOf(`
		struct far { int a; }; struct near { int b; struct far *f; }; struct by_function { int c; };
		struct top { struct far *f; struct near n; int (*call)(struct by_function *); };
		struct top v; int g(struct near *p) { return p->b; }`);
	expect(named(types, "struct")).toEqual(["by_function", "near", "top"]);
	expect(named(types, "fwd")).toEqual(["far"]);
});

test("a struct behind a tagged pointer in a struct is whole", () => {
	const types = typesOf(`
		#define __user __attribute__((btf_type_tag("user")))
		struct far { int a; }; struct tagged { struct far *f; }; struct top { struct tagged __user *t; struct far *f; };
		struct top v;`);
	expect(named(types, "struct")).toEqual(["tagged", "top"]);
	expect(named(types, "fwd")).toEqual(["far"]);
});

test("a map of another object is described like one's own", () => {
	const types = typesOf(`
		#include <linux/bpf.h>
		#include <bpf/bpf_helpers.h>
		struct value { int a; }; extern struct { __uint(type, 1); __type(key, int); __type(value, struct value); } m SEC(".maps");
		int f(void *p) { int k = 0; return bpf_map_lookup_elem(&m, &k) != 0; }`);
	expect(named(types, "struct")).toContain("value");
	expect(named(types, "fwd")).toEqual([]);
});

test("qualifiers of an unnamed member are dropped", () => {
	const types = typesOf(
		"struct s { const struct { int a; }; volatile union { int b; }; } v; int f(void) { v.a = 1; return v.b; }",
	);
	expect(types.filter((t) => t.kind === "const" || t.kind === "volatile")).toEqual([]);
});

test("tags, qualifiers and enumerations", () => {
	const types = typesOf(`
		#define __a __attribute__((btf_type_tag("a")))
		#define __b __attribute__((btf_type_tag("b")))
		const int __a __b *p; enum e { X = 1, Y = -1 } e; enum w { Z = 0xffffffffffull } w; _Bool b; __int128 wide;
		__attribute__((btf_decl_tag("whole"))) int g(int x __attribute__((btf_decl_tag("arg")))) { return x; }`);
	const at = types.findIndex((t) => t.kind === "var" && t.name === "p");
	const chain: string[] = [];
	for (let t = types[at]; t && "type" in t; t = types[t.type])
		chain.push(t.kind === "type_tag" ? `${t.kind} ${t.name}` : t.kind);
	expect(chain).toEqual(["var", "ptr", "type_tag b", "type_tag a", "const"]);
	expect(types.filter((t) => t.kind === "decl_tag").map((t) => [t.name, t.component])).toEqual([
		["arg", 0],
		["whole", -1],
	]);
	expect(types.find((t) => t.kind === "enum")).toMatchObject({ name: "e", signed: true, size: 4 });
	expect(types.find((t) => t.kind === "enum64")).toMatchObject({
		name: "w",
		signed: false,
		size: 8,
	});
	expect(types.find((t) => t.kind === "int" && t.name === "__int128")).toMatchObject({ bits: 128 });
	expect(types.find((t) => t.kind === "int" && t.name === "_Bool")).toMatchObject({ bool: true });
});

test("what no code reaches has no type", () => {
	const types = typesOf(
		"struct unused { int a; }; static int g(struct unused *p) { return p->a; } int f(void) { return 1; }",
	);
	expect(named(types, "struct")).toEqual([]);
	expect(named(types, "func")).toEqual(["f"]);
});

test("CO-RE records count members as BTF has them", () => {
	const text = `
		struct s { int : 3; int a; union { long b; struct { int c[4]; }; }; } __attribute__((preserve_access_index));
		int f(struct s *p) { return p->a + p->c[2]; }`;
	const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
	const { value } = compileToSsa({ name: "t.c", text }, files);
	const { module } = value ?? { module: undefined };
	expect(module?.core.map((r) => [r.kind, r.access, r.value])).toEqual([
		[0, "0:0", 4n],
		[0, "0:1:1:0:2", 16n],
	]);
	const root = module?.types[module.core[0]?.type ?? 0];
	expect(root).toMatchObject({ kind: "struct", name: "s" });
});

test("without code there are types and no records", () => {
	const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
	const objectOf = (text: string) => compile({ name: "t.c", text }, files).value;
	const data = objectOf('char l[] __attribute__((section("license"))) = "GPL";');
	expect(data?.btf).toBeDefined();
	expect(data?.btfExt).toBeUndefined();
	expect(objectOf("int f(void) { return 1; }")?.btfExt).toBeDefined();
});

test("names of types stay where CO-RE records start, and constant places of elements are in them", () => {
	const text = `
		struct s { int a, b[4]; } __attribute__((preserve_access_index)); typedef struct s s_t;
		int f(s_t *p, struct s *q) { return p->a + q[2].b[1]; }`;
	const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
	const { value } = compileToSsa({ name: "t.c", text }, files);
	const { core = [], types = [] } = value?.module ?? {};
	expect(core.map((r) => [types[r.type]?.kind, r.access, r.value])).toEqual([
		["typedef", "0:0", 0n],
		["struct", "2:1:1", 48n],
	]);
});

test("an array behind an arrow begins a path of its own", () => {
	const text = `
		#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
		struct in { short f; char path[8]; }; struct out { int n; struct in name[0]; };
		#pragma clang attribute pop
		int f(struct out *p) { return p->name->path[2]; }`;
	const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
	const { value } = compileToSsa({ name: "t.c", text }, files);
	const { core = [] } = value?.module ?? {};
	expect(core.map((r) => [r.access, r.value])).toEqual([
		["0:1", 4n],
		["0:1:2", 4n],
	]);
});

test("functions without a prototype are open, things without a size have one byte", () => {
	const text = `
		extern int elsewhere(); extern struct far thing __attribute__((section(".ksyms")));
		int f() { return elsewhere() + (int)(long)&thing; }`;
	const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
	const { value } = compileToSsa({ name: "t.c", text }, files);
	const { types = [], externs = [] } = value?.module ?? {};
	const params = (name: string) => {
		const func = types.find((t) => t.kind === "func" && t.name === name);
		const proto = func && "type" in func ? types[func.type] : undefined;
		return proto?.kind === "func_proto" ? proto.params : undefined;
	};
	expect(params("f")).toEqual([]);
	expect(params("elsewhere")).toEqual([{ name: "", type: 0 }]);
	expect(externs.find((e) => e.name === "thing")?.size).toBe(1);
});

test("a second pointer by way of a qualifier or a typedef describes the record, a plain one does not", () => {
	const types = typesOf(`
		struct far { int a; }; struct cf { int b; }; struct one { int c; }; typedef struct tf { int e; } tf_t;
		struct top { struct far *f, *g; const struct cf *c, *d; const struct one *o; tf_t *t, *u; }; struct top v;`);
	expect(named(types, "struct")).toEqual(["cf", "tf", "top"]);
	expect(named(types, "fwd")).toEqual(["far", "one"]);
});
