import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kernelBtf } from "../abi/index.ts";
import {
	type Btf,
	decodeBtf,
	decodeBtfExt,
	type EncodableType,
	encodeBtf,
	extRecords,
	rawRows,
} from "../btf/index.ts";
import { readObject, readRelocatable, writeRelocatable } from "../elf/index.ts";
import type { Relocatable, SectionData, SymbolData } from "../object/index.ts";
import { askLibbpf, intType } from "../testing/index.ts";
import { linkObjects } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/link");

function bytesOf(name: string): Uint8Array {
	return new Uint8Array(readFileSync(join(folder, name)));
}

function read(bytes: Uint8Array): Relocatable {
	const { value, diagnostics } = readRelocatable(bytes);
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

const one = { name: "one.o", object: read(bytesOf("one.o")) };
const two = { name: "two.o", object: read(bytesOf("two.o")) };

function linked(...inputs: (typeof one)[]): Relocatable {
	const { value, diagnostics } = linkObjects(inputs);
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

function typesOf(object: Relocatable): Btf {
	const { value } = decodeBtf(object.btf ?? new Uint8Array());
	if (!value) throw new Error("no BTF");
	return value;
}

const symbol = (object: Relocatable, name: string) =>
	object.symbols
		.filter((s) => s.name === name)
		.map((s) => ({ ...s, section: sectionOf(object, s) }));
const sectionOf = (object: Relocatable, s: SymbolData) =>
	s.section === undefined ? undefined : object.sections[s.section]?.name;

describe("two objects of clang become one", () => {
	const object = linked(one, two);

	test("externs are resolved, the strong definition holds, statics stay apart", () => {
		expect(symbol(object, "weigh")).toMatchObject([{ section: ".text", binding: "global" }]);
		expect(symbol(object, "limit")).toMatchObject([{ section: ".data", size: 8 }]);
		expect(symbol(object, "shared")).toMatchObject([{ hidden: true }]);
		expect(symbol(object, "twice")).toHaveLength(2);
		const ownText = one.object.sections.find((s) => s.name === ".text")?.bytes.length ?? 0;
		expect(symbol(object, "choose")).toMatchObject([{ binding: "global", section: ".text" }]);
		expect(symbol(object, "choose")[0]?.value).toBeGreaterThanOrEqual(ownText);
		expect(symbol(object, "absent").every((s) => s.section === undefined)).toBe(true);
	});

	test("the map declared twice is one map, the licence stands once", () => {
		expect(symbol(object, "counts")).toMatchObject([{ section: ".maps" }]);
		const license = object.sections.find((s) => s.name === "license");
		expect(license?.bytes.length).toBe(4);
		expect(symbol(object, "_license")).toHaveLength(1);
	});

	test("types stand once, sections list their variables in order", () => {
		const btf = typesOf(object);
		const named = btf.types.filter((t) => "name" in t && t.name === "event");
		expect(named).toHaveLength(1);
		const maps = btf.types.find((t) => t.kind === "datasec" && t.name === ".maps");
		const offsets = maps?.kind === "datasec" ? maps.vars.map((v) => v.offset) : [];
		expect(offsets).toEqual([0, 32]);
		const linkage = btf.types.find((t) => t.kind === "func" && t.name === "weigh");
		expect(linkage).toMatchObject({ linkage: "global" });
	});

	test("line and function records follow the code, that of a weak loser stays without a name", () => {
		const btf = typesOf(object);
		const ext = decodeBtfExt(object.btfExt ?? new Uint8Array(), btf).value ?? [];
		const text = ext.find((s) => s.section === ".text");
		const named = text?.functions.map((f) => {
			const type = btf.types[f.typeId];
			return [type?.kind === "func" ? type.name : "", f.insn * 8];
		});
		expect(named?.[0]).toEqual(["choose", 0]);
		for (const [name, offset] of named?.slice(1) ?? [])
			expect(symbol(object, String(name)).map((s) => s.value)).toContain(offset);
		expect(named?.length).toBe(6);
		const lines = text ? extRecords(text, btf).lines : [];
		expect(new Set(lines?.map((l) => l.file.replace(/.*\//, "")))).toEqual(
			new Set(["one.c", "two.c"]),
		);
	});

	test("what is linked can be written, read and loaded", () => {
		const bytes = writeRelocatable(object);
		const { value, diagnostics } = readObject(bytes, "linked.o");
		expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
		expect(value?.programs.map((p) => p.name).sort()).toEqual(["first", "second"]);
	});
});

interface Shape {
	readonly sections: Readonly<Record<string, unknown>>;
	readonly symbols: readonly string[];
	readonly types: readonly string[];
	readonly records: unknown;
}

/** What does not depend on the order of symbols and relocations. */
function shape(object: Relocatable): Shape {
	const name = (s: SymbolData | undefined) =>
		s ? JSON.stringify({ ...s, section: sectionOf(object, s) }) : "";
	const section = (s: SectionData) => ({
		kind: s.kind,
		align: s.align,
		bytes: [...s.bytes],
		relocations: s.relocations
			.map((r) => `${r.offset} ${r.type} ${name(object.symbols[r.symbol])}`)
			.sort(),
	});
	const btf = typesOf(object);
	const ext = decodeBtfExt(object.btfExt ?? new Uint8Array(), btf).value ?? [];
	return {
		sections: Object.fromEntries(object.sections.map((s) => [s.name, section(s)])),
		symbols: object.symbols
			.filter((s) => s.kind !== "section")
			.map(name)
			.sort(),
		types: rawRows(btf).map((r) =>
			r.json["kind"] === "DATASEC" ? r.text.split("\n").sort().join("\n") : r.text,
		),
		records: ext.map((s) => extRecords(s, btf)).sort((a, b) => (a.section < b.section ? -1 : 1)),
	};
}

const bpftool = spawnSync("bpftool", ["version"]).status === 0;

test.skipIf(!bpftool)(
	"a single object comes out as bpftool links it (skipped without bpftool)",
	() => {
		const dir = mkdtempSync(join(tmpdir(), "skep-link-"));
		try {
			for (const input of [one, two]) {
				const out = join(dir, input.name);
				const run = spawnSync("bpftool", ["gen", "object", out, join(folder, input.name)]);
				expect(run.status).toBe(0);
				expect(existsSync(out)).toBe(true);
				const theirs = shape(read(new Uint8Array(readFileSync(out))));
				const ours = shape(read(writeRelocatable(linked(input))));
				if (input === one) expect(ours).toEqual(theirs);
				else expect(ours.types.length).toBe(theirs.types.length);
			}
		} finally {
			rmSync(dir, { recursive: true });
		}
	},
);

test("libbpf loads what is linked, in either order (skipped without it)", async ({ skip }) => {
	const dir = mkdtempSync(join(tmpdir(), "skep-link-"));
	try {
		const at = (name: string) => join(dir, name);
		writeFileSync(at("btf"), await kernelBtf());
		writeFileSync(at("config"), "");
		writeFileSync(at("symbols"), "");
		writeFileSync(at("one-two.o"), writeRelocatable(linked(one, two)));
		writeFileSync(at("two-one.o"), writeRelocatable(linked(two, one)));
		const objects = [at("one-two.o"), at("two-one.o")];
		const kernel = { btf: at("btf"), config: at("config"), symbols: at("symbols") };
		const answer = askLibbpf(objects, kernel);
		if ("reason" in answer) return skip(answer.reason);
		const rows = (name: string) => answer.rows.filter((r) => r.file === at(name));
		expect(answer.rows.filter((r) => r.fail !== undefined)).toEqual([]);
		const programs = (name: string) =>
			rows(name).flatMap((r) => (r.prog ? [[r.prog, r.insns, r.maps]] : []));
		expect(programs("one-two.o").map(([name]) => name)).toEqual(["first", "second"]);
		expect(programs("two-one.o")).toHaveLength(2);
	} finally {
		rmSync(dir, { recursive: true });
	}
});

/** Objects of one symbol each, to see what the linker says of their meeting. */
interface Part {
	readonly type?: EncodableType;
	readonly defined?: boolean;
	readonly weak?: boolean;
	readonly section?: string;
	readonly license?: string;
}

const int = intType();

function part(name: string, { type, defined = true, weak, section = ".data", license }: Part) {
	const linkage = defined ? 1 : 2;
	const types: EncodableType[] = [int, type ?? int, { kind: "var", name: "x", type: 2, linkage }];
	const data = new Uint8Array(8);
	const sections: SectionData[] = [
		{ name: section, kind: "data", align: 4, bytes: data, relocations: [] },
	];
	if (license !== undefined)
		sections.push({
			name: "license",
			kind: "data",
			align: 1,
			bytes: new TextEncoder().encode(`${license}\0`),
			relocations: [],
		});
	const x: SymbolData = {
		name: "x",
		...(defined ? { section: 0 } : {}),
		value: 0,
		size: 8,
		kind: "object",
		binding: weak ? "weak" : "global",
	};
	return { name, object: { sections, symbols: [x], btf: encodeBtf(types) } };
}

const refused: readonly [string, Part, Part, string][] = [
	[
		"two strong definitions",
		{},
		{},
		"symbol x is defined in a.o and in b.o, in neither of them weak",
	],
	[
		"another type",
		{ defined: false },
		{ type: { kind: "float", name: "float", size: 4 } },
		"symbol x is declared differently in a.o and b.o: int int and float float",
	],
	[
		"another section",
		{ weak: true },
		{ section: ".data.two" },
		"symbol x is in section .data of a.o and in .data.two of b.o",
	],
	[
		"another licence",
		{ license: "GPL" },
		{ license: "MIT", defined: false },
		'section license is not the same in a.o and b.o: "GPL" and "MIT"',
	],
];

test.each(refused)("%s: the message names symbol and objects", (_, a, b, message) => {
	const { value, diagnostics } = linkObjects([part("a.o", a), part("b.o", b)]);
	expect(value).toBeUndefined();
	expect(diagnostics.map((d) => d.message)).toEqual([message]);
});

test("nothing to link, mixed byte orders and broken BTF are said by name", () => {
	const big = { name: "b.o", object: { ...one.object, bigEndian: true } };
	const broken = { name: "b.o", object: { ...one.object, btf: new Uint8Array(3) } };
	expect(linkObjects([]).diagnostics[0]?.id).toBe("link/nothing");
	expect(linkObjects([one, big]).diagnostics[0]?.id).toBe("link/byte-order");
	expect(linkObjects([one, broken]).diagnostics[0]?.message).toContain("b.o: BTF: header");
});

test("of two externs the needed one decides, a weak definition gives way", () => {
	const weakExtern = part("a.o", { defined: false, weak: true });
	const needed = part("b.o", { defined: false });
	const binding = (...inputs: ReturnType<typeof part>[]) =>
		symbol(linked(...inputs), "x").map((s) => [s.binding, s.section]);
	expect(binding(weakExtern, needed)).toEqual([["global", undefined]]);
	expect(binding(weakExtern, weakExtern)).toEqual([["weak", undefined]]);
	expect(binding(part("a.o", { weak: true }), part("b.o", {}))).toEqual([["global", ".data"]]);
	expect(binding(part("a.o", {}), part("b.o", { weak: true }))).toEqual([["global", ".data"]]);
});

test("mutated objects link or are refused, nothing is thrown", () => {
	let seed = 7;
	const next = (n: number) => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return (seed >>> 8) % n;
	};
	let read1 = 0;
	for (let run = 0; run < 200; run++) {
		const bytes = bytesOf(run % 2 ? "one.o" : "two.o");
		for (let i = 0; i < 1 + next(6); i++) bytes[next(bytes.length)] = next(256);
		const { value } = readRelocatable(bytes);
		if (!value) continue;
		read1++;
		const out = linkObjects([{ name: "m.o", object: value }, run % 2 ? two : one]);
		expect(out.value !== undefined || out.diagnostics.length > 0).toBe(true);
	}
	expect(read1).toBeGreaterThan(50);
});
