import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRelocatable } from "../elf/index.ts";
import { intType } from "../testing/index.ts";
import {
	type Btf,
	decodeBtf,
	dumpC,
	type EncodableType,
	encodeBtf,
	printC,
	printDeclaration,
	rawRows,
} from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/btf");

function typesOf(name: string): Btf {
	const file = readRelocatable(new Uint8Array(readFileSync(join(folder, name)))).value;
	const btf = decodeBtf(file?.btf ?? new Uint8Array()).value;
	if (!btf) throw new Error(`${name} has no BTF`);
	return btf;
}

function graph(types: readonly EncodableType[]): Btf {
	const { value, diagnostics } = decodeBtf(encodeBtf(types));
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

const raw = (btf: Btf) =>
	rawRows(btf)
		.map((r) => r.text)
		.join("");

test("rows and C of a clang object are those of bpftool", () => {
	expect(raw(typesOf("shapes.o"))).toBe(readFileSync(join(folder, "shapes.txt"), "utf8"));
	expect(dumpC(typesOf("shapes.o")).value).toBe(readFileSync(join(folder, "shapes.h"), "utf8"));
});

const bpftool = spawnSync("bpftool", ["version"]).status === 0;

test.skipIf(!bpftool)("the same from bpftool itself (skipped without it)", () => {
	for (const name of ["shapes.o", "globals.o"])
		for (const format of ["raw", "c"]) {
			const args = ["btf", "dump", "file", join(folder, name), "format", format];
			const theirs = spawnSync("bpftool", args, { encoding: "utf8" }).stdout;
			const btf = typesOf(name);
			expect(format === "c" ? dumpC(btf).value : raw(btf)).toBe(theirs);
		}
});

const int = intType();

describe("declarations", () => {
	const rows: readonly [string, EncodableType[], number][] = [
		["int x", [int], 1],
		["int *x", [int, { kind: "ptr", type: 1 }], 2],
		[
			"int (*x)[3]",
			[int, { kind: "array", type: 1, index: 1, length: 3 }, { kind: "ptr", type: 2 }],
			3,
		],
		[
			"int *x[3]",
			[int, { kind: "ptr", type: 1 }, { kind: "array", type: 2, index: 1, length: 3 }],
			3,
		],
		[
			"int (*x)(int, ...)",
			[
				int,
				{
					kind: "func_proto",
					returns: 1,
					params: [
						{ name: "", type: 1 },
						{ name: "", type: 0 },
					],
				},
				{ kind: "ptr", type: 2 },
			],
			3,
		],
		[
			"const int * volatile x",
			[int, { kind: "const", type: 1 }, { kind: "ptr", type: 2 }, { kind: "volatile", type: 3 }],
			4,
		],
		["void *x", [{ kind: "ptr", type: 0 }], 1],
	];
	test.each(rows)("%s", (text, types, id) => {
		expect(printDeclaration(graph(types), id, "x").value).toBe(text);
	});
});

test("two types of one name get two names", () => {
	const struct = (size: number): EncodableType => ({
		kind: "struct",
		name: "s",
		size,
		members: [],
	});
	const out = printC(graph([struct(0), struct(0)])).value;
	expect(out).toBe("struct s {};\n\nstruct s___2 {};\n\n");
});

describe("hostile graphs end with a diagnostic", () => {
	const member = (type: number) => ({ name: "m", type, bitOffset: 0, bitSize: 0 });
	const chain = (length: number, kind: "const" | "typedef" | "array"): EncodableType[] =>
		Array.from({ length }, (_, i) => {
			const type = (i + 1) % length === 0 ? 0 : i + 2;
			if (kind === "array") return { kind, type, index: 0, length: 1 };
			return kind === "typedef" ? { kind, name: `t${i}`, type } : { kind, type };
		});
	const doubling = (length: number): EncodableType[] =>
		Array.from({ length }, (_, i) => {
			const type = i + 1 < length ? i + 2 : 0;
			const params = [
				{ name: "", type },
				{ name: "", type },
			];
			return { kind: "func_proto", returns: 0, params };
		});
	const cases: readonly [string, EncodableType[]][] = [
		["a struct in itself", [{ kind: "struct", name: "s", size: 4, members: [member(1)] }]],
		["a qualifier of itself", [{ kind: "const", type: 1 }]],
		["a long chain of qualifiers", chain(50000, "const")],
		["a long chain of names", chain(50000, "typedef")],
		["arrays of arrays without end", chain(50000, "array")],
		["prototypes that double", [...doubling(40), { kind: "typedef", name: "t", type: 1 }]],
	];
	test.each(cases)("%s", (_, types) => {
		const { value, diagnostics } = printC(graph(types));
		expect(value).toBeUndefined();
		expect(diagnostics[0]?.id).toBe("btf/unprintable");
	});

	test("a huge hole in a packed struct is filled within bounds", () => {
		const huge: EncodableType[] = [{ kind: "struct", name: "s", size: 0xffffffff, members: [] }];
		const { value, diagnostics } = printC(graph(huge));
		expect(value === undefined ? diagnostics[0]?.id : "text").toBe("btf/unprintable");
	});
});
