// The simulated kernel's types: complete in themselves, equal to the tables beside them and to the running kernel.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
	type Btf,
	type BtfType,
	decodeBtf,
	dumpC,
	encodeBtf,
	references,
} from "../../btf/index.ts";
import { decode } from "../../isa/index.ts";
import { declare } from "../../testing/declare.ts";
import { Linux } from "../../testing/index.ts";
import { iteratorArguments, kernelBtf, kfuncFacts, structs as tables } from "../index.ts";
import { basics } from "./basics.ts";
import { functions } from "./functions.ts";
import { parseKernelTypes } from "./parse.ts";
import { structs } from "./structs.ts";
import { traces } from "./traces.ts";

const texts = { basics, structs, traces, functions };
const bytes = await kernelBtf();
const own = decoded(bytes);

function decoded(raw: Uint8Array): Btf {
	const { value, diagnostics } = decodeBtf(raw);
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

function named(btf: Btf, kind: BtfType["kind"], name: string): BtfType | undefined {
	return btf.types.find((t) => t.kind === kind && "name" in t && t.name === name);
}

test("the types refer to each other, every embedded one is whole, C can be printed", () => {
	const sizeless: string[] = [];
	for (const type of own.types) {
		for (const id of references(type)) expect(id).toBeLessThan(own.types.length);
		if (type.kind !== "struct" && type.kind !== "union") continue;
		for (const m of type.members)
			if (own.types[m.type]?.kind === "fwd") sizeless.push(`${type.name}.${m.name}`);
	}
	expect(sizeless).toEqual([]);
	expect(dumpC(own).diagnostics).toEqual([]);
	expect(gzipSync(Object.values(texts).join("")).length).toBeLessThan(150_000);
});

const needed: readonly [BtfType["kind"], string][] = [
	...["task_struct", "sk_buff", "xdp_buff", "net_device", "sock", "tcp_sock", "file", "cred"].map(
		(name): [BtfType["kind"], string] => ["struct", name],
	),
	...["bpf_struct_ops_tcp_congestion_ops", "trace_event_raw_sched_switch", "bpf_iter__task"].map(
		(name): [BtfType["kind"], string] => ["struct", name],
	),
	...["btf_trace_sched_switch", "btf_trace_sys_enter", "btf_trace_kfree_skb"].map(
		(name): [BtfType["kind"], string] => ["typedef", name],
	),
	...["bpf_lsm_file_open", "bpf_lsm_bprm_committed_creds", "bpf_fentry_test1", "tcp_connect"].map(
		(name): [BtfType["kind"], string] => ["func", name],
	),
	["var", "runqueues"],
	["enum", "bpf_func_id"],
	["datasec", ".data..percpu"],
];

test.each(needed)("%s %s is there", (kind, name) => {
	expect(named(own, kind, name)).toBeDefined();
});

test("iterators and tagged kernel functions are there as functions", () => {
	const absent = Object.keys(iteratorArguments).filter((n) => !named(own, "func", `bpf_iter_${n}`));
	expect(absent).toEqual([]);
	const tagged = own.types.flatMap((t) => (t.kind === "decl_tag" ? [own.types[t.type]] : []));
	const known = tagged.filter((t) => t?.kind === "func" && kfuncFacts(t.name) !== undefined);
	expect(known.length).toBeGreaterThan(100);
});

test("what the tables say of structs holds here", () => {
	const wrong: string[] = [];
	let compared = 0;
	for (const table of tables) {
		const type = named(own, "struct", table.name);
		if (type?.kind !== "struct") continue;
		if (type.size !== table.size) wrong.push(`${table.name}: ${type.size}, not ${table.size}`);
		const places = new Map(type.members.map((m) => [m.name, m.bitOffset]));
		for (const field of table.fields) {
			const at = places.get(field.name);
			if (at === undefined) continue;
			compared++;
			const bit = field.bits ? field.bits[0] : field.offset * 8;
			if (at !== bit) wrong.push(`${table.name}.${field.name}: ${at}, not ${bit}`);
		}
	}
	expect(wrong).toEqual([]);
	expect(compared).toBeGreaterThan(200);
});

describe("the notation", () => {
	const rows: readonly [string, string][] = [
		[
			"int int 4 s\nstruct s a int,b *+s,c [3]int",
			"struct s {\n\tint a;\n\tstruct s *b;\n\tint c[3];\n};",
		],
		["int int 4 s\nstruct s=12 a int,b@64 int", "struct s {\n\tint a;\n\tlong: 0;\n\tint b;\n};"],
		[
			"int int 4 s\nstruct s x:3 int,y:30 int",
			"struct s {\n\tint x: 3;\n\tint: 29;\n\tint y: 30;\n};",
		],
		["int int 4 s\nunion u a int,b [8]int", "union u {\n\tint a;\n\tint b[8];\n};"],
		["enum e 4 A,B=7,C", "enum e {\n\tA = 0,\n\tB = 7,\n\tC = 8,\n};"],
		["int int 4 s\ntypedef f *(a int, .)int", "typedef int (*f)(int a, ...);"],
		[
			"int long-int 8 s\nstruct s v +{a long-int, &{4 X}}",
			"struct s {\n\tstruct {\n\t\tlong int a;\n\t\tenum {\n\t\t\tX = 0,\n\t\t};\n\t} v;\n};",
		],
		[
			"int char 1\nint long 8\nstruct s=9 a char,b@8 long",
			"struct s {\n\tchar a;\n\tlong b;\n} __attribute__((packed));",
		],
	];
	test.each(rows)("%s", (text, c) => {
		const graph = decoded(rawOf(text));
		expect(dumpC(graph).value).toContain(c);
	});

	test("a fault in it is ours", () => {
		expect(() => parseKernelTypes("struct s a int")).toThrow("has no size");
		expect(() => parseKernelTypes("thing s")).toThrow("thing s");
	});
});

function rawOf(text: string): Uint8Array {
	return encodeBtf(parseKernelTypes(text));
}

const opened = await Linux.open();

test.skipIf(!("linux" in opened))(
	"Linux takes it as BTF (skipped where bpf(2) is closed)",
	async () => {
		if (!("linux" in opened)) return;
		const code = decode(new Uint8Array([0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]));
		const answer = await opened.linux.load({ code, type: 6, maps: [], license: "GPL", btf: bytes });
		expect(answer).toMatchObject({ errno: 0 });
	},
);

const path = "/sys/kernel/btf/vmlinux";
/** The kernel that the declarations were made from, and how many types it has: another build lays its structs out in another way. */
const BUILT_FROM = "6.18.44";
const TYPES = 126_586;
const kernel =
	existsSync(path) && release().startsWith(BUILT_FROM)
		? decoded(new Uint8Array(readFileSync(path)))
		: undefined;
const same = kernel?.types.length === TYPES;

test.skipIf(!same)(`Linux ${BUILT_FROM} declares the same (skipped on other kernels)`, () => {
	if (!kernel) return;
	const lines = declare(kernel, wanted(kernel));
	const parts: Record<keyof typeof texts, string[]> = {
		basics: [],
		structs: [],
		traces: [],
		functions: [],
	};
	for (const line of lines) parts[fileOf(line)].push(line);
	for (const [name, text] of Object.entries(texts)) {
		const fresh = `\n${parts[name as keyof typeof texts].join("\n")}\n`;
		const file = join(import.meta.dirname, `${name}.ts`);
		if (process.env["BLESS"])
			writeFileSync(
				file,
				readFileSync(file, "utf8").replace(/`[^`]*`/, () => `\`${fresh}\``),
			);
		else expect(fresh).toBe(text);
	}
});

function fileOf(line: string): keyof typeof texts {
	const [kind = "", name = ""] = line.split(" ");
	if (kind === "struct" || kind === "union") return "structs";
	if (kind === "func" || kind === "var") return "functions";
	return kind === "typedef" && name.startsWith("btf_trace_") ? "traces" : "basics";
}

const kindOf: Readonly<Record<string, readonly BtfType["kind"][]>> = {
	enum: ["enum", "enum64"],
	struct: ["struct"],
	union: ["union"],
	typedef: ["typedef"],
	func: ["func"],
	var: ["var"],
	int: ["int"],
	float: ["float"],
};

/** Ids in the kernel of the names that the declarations have; of several types of one name those that look like ours. */
function wanted(kernel: Btf): number[] {
	const ids = new Map<string, number[]>();
	kernel.types.forEach((type, id) => {
		if (!("name" in type) || type.name === "") return;
		const key = `${type.kind} ${type.name}`;
		ids.set(key, [...(ids.get(key) ?? []), id]);
	});
	const found: number[] = [];
	for (const line of Object.values(texts).join("").split("\n")) {
		const [kind = "", given = ""] = line.split(" ");
		const twin = Number(/#(\d+)/.exec(given)?.[1] ?? 1);
		const name = given.replace(/[=#].*/, "").replaceAll(kind === "int" ? "-" : "\0", " ");
		const all = (kindOf[kind] ?? []).flatMap((k) => ids.get(`${k} ${name}`) ?? []);
		const id = all[twin - 1] ?? all[0];
		if (id !== undefined) found.push(id);
	}
	return found;
}
