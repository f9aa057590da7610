import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRelocatable } from "../elf/index.ts";
import { intType } from "../testing/index.ts";
import {
	type Btf,
	type BtfType,
	decodeBtf,
	dedupBtf,
	type EncodableType,
	encodeBtf,
	printC,
	rawRows,
	references,
	remap,
} from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/btf");

function read(path: string): Btf {
	const file = readRelocatable(new Uint8Array(readFileSync(path))).value;
	const btf = decodeBtf(file?.btf ?? new Uint8Array()).value;
	if (!btf) throw new Error(`${path} has no BTF`);
	return btf;
}

function graph(types: readonly EncodableType[], base?: Btf): Btf {
	const bytes = encodeBtf(types, base ? { base } : {});
	const { value, diagnostics } = decodeBtf(bytes, base);
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

const isEncodable = (t: BtfType): t is EncodableType => t.kind !== "void";

function once(btf: Btf): { types: readonly BtfType[]; map: readonly number[] } {
	const { value, diagnostics } = dedupBtf(btf);
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

/** The types of a graph twice over, the second time behind the first. */
function doubled(btf: Btf): Btf {
	const own = btf.types.slice(1).filter(isEncodable);
	const shifted = own.map((t) => remap(t, (id) => (id === 0 ? 0 : id + own.length)));
	return graph([...own, ...shifted]);
}

const plain = (t: BtfType) => t.kind !== "var" && t.kind !== "datasec";

test("a graph put beside itself comes down to what one of them comes down to", () => {
	for (const name of ["shapes.o", "globals.o"]) {
		const btf = read(join(folder, name));
		const single = once(btf).types.filter(plain);
		const both = once(doubled(btf)).types.filter(plain);
		expect(both.length).toBe(single.length);
		expect(both.map((t) => t.kind)).toEqual(single.map((t) => t.kind));
	}
});

test("a second pass finds nothing, references stay within the graph, the C text stays", () => {
	for (const name of ["shapes.o", "globals.o"]) {
		const btf = read(join(folder, name));
		const first = graph(once(btf).types.filter(isEncodable));
		expect(once(first).types).toEqual(first.types.slice(1));
		for (const t of first.types)
			for (const id of references(t)) expect(id).toBeLessThan(first.types.length);
		expect(printC(first).value).toBe(printC(btf).value);
	}
});

const int = intType();
const member = (name: string, type: number, bitOffset = 0) => ({
	name,
	type,
	bitOffset,
	bitSize: 0,
});
const struct = (name: string, ...members: ReturnType<typeof member>[]): EncodableType => ({
	kind: "struct",
	name,
	size: 8 * members.length,
	members,
});

describe("equivalence", () => {
	const rows: readonly [string, EncodableType[], number][] = [
		["equal integers", [int, int], 1],
		["another size", [int, { ...int, size: 8, bits: 64 }], 2],
		[
			"lists that point to themselves",
			[
				struct("list", member("next", 2)),
				{ kind: "ptr", type: 1 },
				struct("list", member("next", 4)),
				{ kind: "ptr", type: 3 },
			],
			2,
		],
		[
			"a forward declaration and its struct",
			[
				{ kind: "fwd", name: "s", union: false },
				{ kind: "ptr", type: 1 },
				int,
				struct("s", member("a", 3)),
				{ kind: "ptr", type: 4 },
			],
			3,
		],
		[
			"a forward declaration of two structs stays",
			[
				{ kind: "fwd", name: "s", union: false },
				int,
				struct("s", member("a", 2)),
				struct("s", member("b", 2)),
			],
			4,
		],
		[
			"a forward declaration of an enum and the enum",
			[
				{ kind: "enum", name: "e", size: 4, signed: false, values: [] },
				{ kind: "ptr", type: 1 },
				{ kind: "enum", name: "e", size: 4, signed: false, values: [{ name: "A", value: 1n }] },
				{ kind: "ptr", type: 3 },
			],
			2,
		],
		[
			"structs that differ behind a pointer",
			[
				int,
				{ ...int, name: "long", size: 8, bits: 64 },
				struct("s", member("p", 4)),
				{ kind: "ptr", type: 1 },
				struct("s", member("p", 6)),
				{ kind: "ptr", type: 2 },
			],
			6,
		],
		[
			"functions of other linkage",
			[
				{ kind: "func_proto", returns: 0, params: [] },
				{ kind: "func", name: "f", type: 1, linkage: "static" },
				{ kind: "func_proto", returns: 0, params: [] },
				{ kind: "func", name: "f", type: 3, linkage: "global" },
			],
			3,
		],
		[
			"variables are never merged",
			[
				int,
				{ kind: "var", name: "v", type: 1, linkage: 1 },
				{ kind: "var", name: "v", type: 1, linkage: 1 },
			],
			3,
		],
	];
	test.each(rows)("%s", (_, types, count) => {
		expect(once(graph(types)).types.length).toBe(count);
	});

	test("split BTF goes over to the types of its base", () => {
		const base = graph([int, struct("s", member("a", 1)), { kind: "ptr", type: 2 }]);
		const split = graph(
			[
				int,
				struct("s", member("a", 4)),
				{ kind: "ptr", type: 5 },
				{ kind: "typedef", name: "t", type: 6 },
			],
			base,
		);
		expect(once(split)).toEqual({
			types: [{ kind: "typedef", name: "t", type: 3 }],
			map: [0, 1, 2, 3, 1, 2, 3, 4],
		});
	});
});

test("a graph of qualifiers that goes in a circle is said by type", () => {
	const circle: EncodableType[] = [
		{ kind: "const", type: 2 },
		{ kind: "volatile", type: 1 },
	];
	expect(dedupBtf(graph(circle)).diagnostics[0]?.message).toContain("refers to itself");
});

const bpftool = spawnSync("bpftool", ["version"]).status === 0;

test.skipIf(!bpftool)(
	"types are left in the order of bpftool's linker (skipped without it)",
	() => {
		const dir = mkdtempSync(join(tmpdir(), "skep-dedup-"));
		try {
			const out = join(dir, "out.o");
			const path = join(folder, "shapes.o");
			expect(spawnSync("bpftool", ["gen", "object", out, path]).status).toBe(0);
			const rows = (btf: Btf) =>
				rawRows(btf)
					.filter((r) => r.json["kind"] !== "DATASEC")
					.map((r) => r.text);
			const ours = read(path).types.slice(1).filter(isEncodable);
			const merged = once(graph(ours.filter((t) => t.kind !== "datasec"))).types;
			expect(rows(graph(merged.filter(isEncodable)))).toEqual(rows(read(out)));
		} finally {
			rmSync(dir, { recursive: true });
		}
	},
);

test("mutated BTF is decoded, printed and deduplicated, or refused; nothing is thrown", () => {
	const seeds = ["shapes.o", "globals.o"].map(
		(name) => readRelocatable(new Uint8Array(readFileSync(join(folder, name)))).value?.btf,
	);
	const change = fc.tuple(fc.nat({ max: 4095 }), fc.nat({ max: 255 }));
	let decoded = 0;
	fc.assert(
		fc.property(
			fc.constantFrom(...seeds),
			fc.array(change, { minLength: 1, maxLength: 8 }),
			(seed, changes) => {
				const bytes = (seed ?? new Uint8Array()).slice();
				for (const [at, value] of changes) bytes[at % bytes.length] = value;
				const { value, diagnostics } = decodeBtf(bytes);
				if (!value) return diagnostics.length > 0;
				decoded++;
				rawRows(value);
				const c = printC(value);
				const d = dedupBtf(value);
				return (
					(c.value ?? c.diagnostics[0]) !== undefined && (d.value ?? d.diagnostics[0]) !== undefined
				);
			},
		),
		{ seed: 1, numRuns: 500 },
	);
	expect(decoded).toBeGreaterThan(50);
});
