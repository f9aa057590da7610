// Loading rules one by one: what a kernel's profile and types make of externs, struct_ops, old sections, foreign byte order.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fromUtf8, toHex, view } from "../base/index.ts";
import { decodeBtf, decodeBtfExt } from "../btf/index.ts";
import { decode } from "../isa/index.ts";
import type { ObjectFile } from "../object/index.ts";
import { loadRequest } from "../object/index.ts";
import {
	coreKinds,
	type KernelProfile,
	loadRelocatable,
	mapMembers,
	parseConfig,
	parseSymbols,
	readObject,
	readRelocatable,
	simulatedKernel,
	targetOf,
	writeRelocatable,
} from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/elf");
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const target = targetOf(read("kernel.o")).value;

const options: Record<string, string> = {
	CONFIG_BOOL: "y",
	CONFIG_TRISTATE: "m",
	CONFIG_CHAR: "n",
	CONFIG_NUMBER: "0x123456789abcdef0",
	CONFIG_SHORT: "-5",
	CONFIG_TEXT: '"a long text"',
};
const kernel: KernelProfile = {
	...simulatedKernel,
	version: 0x061203,
	config: options,
	symbols: { kernel_address: 0xffffffff81000000n },
};

function load(name: string, profile: KernelProfile = kernel, withTypes = true): ObjectFile {
	const types = withTypes && target ? { target } : {};
	const { value } = readObject(read(`${name}.o`), name, { kernel: profile, ...types });
	if (!value) throw new Error(`${name}.o cannot be read`);
	return value;
}

const program = (object: ObjectFile, name: string) => object.programs.find((p) => p.name === name);

test("the .kconfig map holds what the kernel's configuration says, by type", () => {
	const map = load("externs").maps.find((m) => m.name.endsWith(".kconfig"));
	const value = map?.init?.[0]?.value ?? new Uint8Array();
	const data = view(value);
	expect([map?.frozen, map?.flags, map?.valueSize]).toEqual([true, 1024 | 128, value.length]);
	//   by alignment, then size, then name: u64, three of four bytes, short, bytes, text
	expect(data.getBigUint64(0, true)).toBe(0x123456789abcdef0n);
	expect([8, 12, 16].map((at) => data.getUint32(at, true))).toEqual([0, 2, 0x061203]);
	expect(data.getInt16(20, true)).toBe(-5);
	expect([...value.subarray(22, 26)]).toEqual([1, "n".charCodeAt(0), 1, 0]);
	expect(fromUtf8(value.subarray(26))).toBe("a long \0");
});

const refusals: [string, string, RegExp][] = [
	["CONFIG_BOOL", "m", /value m needs a tristate or char/],
	["CONFIG_BOOL", "1", /value 1 needs an integer type/],
	["CONFIG_TRISTATE", '"m"', /needs a char array/],
	["CONFIG_SHORT", "40000", /does not fit in 2 bytes/],
	["CONFIG_TEXT", "y", /value y needs a bool/],
	["CONFIG_NUMBER", "", /configuration does not have it/],
];

test("an option that does not fit its type is named, and the programs that read it are refused", () => {
	for (const [name, value, message] of refusals) {
		const config = { ...options, [name]: value };
		const object = load("externs", { ...kernel, config });
		expect(program(object, "config")?.fault).toMatch(message);
		expect(program(object, "functions")?.fault).toBeUndefined();
	}
});

test("without the kernel's types, what needs them is not supported, by name", () => {
	expect(program(load("externs", kernel, false), "functions")?.unsupported).toBe(
		"kfunc kernel_add",
	);
	expect(program(load("core", kernel, false), "fields")?.unsupported).toMatch(/^CO-RE/);
});

test("a symbol without an address is not supported, a weak one is 0", () => {
	const { symbols: _none, ...bare } = kernel;
	expect(program(load("externs", bare), "variables")?.unsupported).toBe("extern kernel_address");
	const code = decode(program(load("externs"), "variables")?.insns ?? new Uint8Array());
	const wide = [...code.opcode].flatMap((o, pc) =>
		o === 0x18 ? [[code.src[pc], (code.imm[pc] ?? 0) >>> 0, (code.imm[pc + 1] ?? 0) >>> 0]] : [],
	);
	expect(wide).toContainEqual([0, 0x81000000, 0xffffffff]);
	expect(wide).toContainEqual([0, 0, 0]);
	const ids = ["kernel_number", "kernel_node"].map((name) =>
		target?.btf.types.findIndex((t) => t.kind === "var" && t.name === name),
	);
	for (const id of ids) expect(wide).toContainEqual([3, id, 0]);
});

test("struct_ops are laid out as the kernel's struct, with programs by member", () => {
	const object = load("ops");
	const plain = object.maps.find((m) => m.name === "plain");
	const value = plain?.init?.[0]?.value ?? new Uint8Array();
	//   the kernel's: init at 64, added, done, flags at 88, name
	expect(view(value).getUint32(64 + 24, true)).toBe(5);
	expect(fromUtf8(value.subarray(64 + 28, 64 + 33))).toBe("plain");
	expect(plain?.slots).toEqual([
		{ key: 64, target: "my_init" },
		{ key: 64 + 16, target: "my_done" },
	]);
	expect(object.maps.map((m) => [m.name, m.flags, m.autocreate])).toEqual([
		["plain", 0, undefined],
		["linked", 8192, undefined],
		["on_demand", 0, false],
		["wrong", 8192, false],
	]);
	const places = object.programs.map((p) => [p.name, p.expectedAttachType, p.flags, p.fault]);
	expect(places).toEqual([
		["my_init", 0, 0, undefined],
		["my_done", 2, 16, undefined],
		["unused", 0, 0, "no struct_ops variable refers to it"],
	]);
});

test("old objects: struct bpf_map_def is read, free section names are a guess", () => {
	const { value: object, diagnostics } = readObject(read("legacy.o"), "legacy");
	expect(diagnostics.map((d) => [d.severity, d.id])).toEqual([["warning", "elf/legacy"]]);
	const maps = object?.maps.map((m) => [m.name, m.type, m.keySize, m.valueSize, m.maxEntries]);
	expect(maps).toEqual([
		["counts", 1, 4, 8, 16],
		["flags", 2, 4, 4, 2],
	]);
	expect(object?.programs.map((p) => [p.section, p.type, p.typeGuess])).toEqual([
		["xdp_firewall", undefined, 6],
		["classifier", 3, undefined],
		["nobody_knows", undefined, undefined],
	]);
});

test("old maps get the types that a pair annotates", () => {
	const { value: object } = readObject(read("legacy.btf.o"), "legacy");
	const typed = object?.maps.map((m) => [
		m.name,
		(m.btfKeyTypeId ?? 0) > 0,
		(m.btfValueTypeId ?? 0) > 0,
	]);
	expect(typed).toEqual([
		["counts", true, true],
		["flags", false, false],
	]);
});

test("a subprogram outside .text is taken, with a word that libbpf refuses it", () => {
	const whole = readRelocatable(read("globals.o")).value;
	if (!whole) return expect.unreachable();
	const sections = whole.sections.map((s) => (s.name === ".text" ? { ...s, name: "subs" } : s));
	const { value, diagnostics } = loadRelocatable({ ...whole, sections }, "globals");
	const first = value && program(value, "first")?.functions.map((f) => f.name);
	expect(first).toEqual(["first", "hidden_add", "global_add", "add", "weak_add"]);
	expect(diagnostics.map((d) => [d.severity, d.message])).toContainEqual([
		"warning",
		"program first: hidden_add is in section subs: libbpf takes subprograms from .text alone",
	]);
});

test("a big-endian object has the little-endian one's instructions and types, and does not run here", () => {
	const [little, big] = [load("globals"), load("globals.be")];
	expect(big.programs.map((p) => p.unsupported)).toEqual(
		big.programs.map(() => "big-endian programs"),
	);
	for (const p of little.programs) {
		const twin = program(big, p.name);
		expect([p.name, toHex(twin?.insns ?? new Uint8Array())]).toEqual([p.name, toHex(p.insns)]);
	}
	expect(big.kernVersion).toBe(little.kernVersion);
});

test("hidden functions are static, callbacks follow, an exception callback is appended", () => {
	const object = load("globals");
	const names = (name: string) => program(object, name)?.functions.map((f) => f.name);
	expect(names("first")).toEqual(["first", "hidden_add", "global_add", "add", "weak_add"]);
	expect(names("second")).toEqual(["second", "callback", "add"]);
	expect(names("throws")).toEqual(["throws", "global_add", "add", "on_exception"]);
	expect(program(object, "third")?.autoload).toBe(false);
	expect(object.maps.map((m) => m.name)).toContain(".data.special");
	const alone = object.maps.find((m) => m.name === ".data.alone");
	expect(alone?.flags).toBe(0);
});

test("a callback that is not there or is static is refused", () => {
	const whole = readRelocatable(read("globals.o")).value;
	if (!whole) return expect.unreachable();
	const without = whole.symbols.map((s) =>
		s.name === "on_exception" ? { ...s, name: "another" } : s,
	);
	const { value } = loadRelocatable({ ...whole, symbols: without }, "globals");
	expect(value && program(value, "throws")?.fault).toBe(
		"cannot find exception callback on_exception",
	);
	const hidden = whole.symbols.map((s) => (s.name === "on_exception" ? { ...s, hidden: true } : s));
	const second = loadRelocatable({ ...whole, symbols: hidden }, "globals").value;
	expect(second && program(second, "throws")?.fault).toMatch(/must be a global function/);
});

test("a number in place of a map's descriptor is no map's index", () => {
	const object = load("maps");
	const [entry] = object.programs;
	if (!entry) return expect.unreachable();
	const { code } = loadRequest(object, { ...entry, relocations: [] });
	const wide = [...code.opcode].flatMap((o, pc) => (o === 0x18 && code.src[pc] === 1 ? [pc] : []));
	expect(wide).toEqual([]);
	const bytes = Uint8Array.of(0x18, 0x11, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
	expect(loadRequest(object, { ...entry, insns: bytes, relocations: [] }).code.imm[0]).toBe(-3);
});

test("what a program attaches to must be in the kernel", () => {
	const whole = readRelocatable(read("globals.o")).value;
	if (!whole || !target) return expect.unreachable();
	const named = (name: string) => ({
		...whole,
		sections: whole.sections.map((s) => (s.name === "?xdp.frags" ? { ...s, name } : s)),
	});
	const third = (name: string) => {
		const { value } = loadRelocatable(named(name), "globals", { target });
		return value && program(value, "third");
	};
	expect(third("fentry/kernel_add")?.attachBtfId).toBeGreaterThan(0);
	expect(third("fentry/kernel_add")?.fault).toBeUndefined();
	expect(third("fexit/not_there")?.fault).toBe(
		"failed to find kernel BTF type ID of 'not_there': -ESRCH",
	);
	expect(third("tp_btf/not_there")?.fault).toBe(
		"failed to find kernel BTF type ID of 'not_there': -ESRCH",
	);
	expect(third("fentry")?.fault).toBe(
		"no BTF-based attach target is specified, use bpf_program__set_attach_target()",
	);
});

test("a kernel's configuration and symbols are read as /proc has them", () => {
	const text = [
		"# Linux/x86 6.12.300 Kernel Configuration",
		"CONFIG_A=y",
		"# CONFIG_B is not set",
		'CONFIG_C="two words"',
		"CONFIG_D=",
		"other=1",
	].join("\n");
	const { config, version } = parseConfig(text);
	expect(config).toEqual({ CONFIG_A: "y", CONFIG_C: '"two words"', CONFIG_D: "" });
	expect(version).toBe(0x060cff);
	expect(parseConfig("CONFIG_A=m").version).toBeUndefined();
	const symbols = parseSymbols(
		"ffffffff81000000 T _text\nffffffffc0000000 t helper\t[module]\nffffffff81000010 D _text\nbroken",
	);
	expect(symbols).toEqual({ _text: 0xffffffff81000000n, helper: 0xffffffffc0000000n });
});

test("facts of a target's kernel are used", () => {
	const facts = targetOf(read("kernel.o"), { ...kernel, version: 0x050f00 }).value;
	const { value } = readObject(read("externs.o"), "externs", facts ? { target: facts } : {});
	const map = value?.maps.find((m) => m.name.endsWith(".kconfig"));
	expect(view(map?.init?.[0]?.value ?? new Uint8Array(20)).getUint32(16, true)).toBe(0x050f00);
});

test("the tables of members and CO-RE kinds are what the objects of the tests have", () => {
	const members = new Set<string>();
	const btf = decodeBtf(readRelocatable(read("maps.o")).value?.btf ?? new Uint8Array()).value;
	for (const type of btf?.types ?? [])
		if (type.kind === "struct" && type.members.some((m) => m.name === "type"))
			for (const m of type.members) members.add(m.name);
	expect([...members].sort()).toEqual(mapMembers.map((m) => m.name).sort());
	const core = readRelocatable(read("core.o")).value;
	const types = decodeBtf(core?.btf ?? new Uint8Array()).value;
	const ext = types && decodeBtfExt(core?.btfExt ?? new Uint8Array(), types).value;
	const kinds = new Set((ext ?? []).flatMap((s) => s.relocations.map((r) => r.kind)));
	const without = coreKinds.filter((_, kind) => !kinds.has(kind));
	expect(without).toEqual([]);
});

test("a relocation of an unknown type is named", () => {
	const whole = readRelocatable(read("firewall.o")).value;
	if (!whole) return expect.unreachable();
	const sections = whole.sections.map((s) => ({
		...s,
		relocations: s.relocations.map((r) => ({ ...r, type: 77 })),
	}));
	const { diagnostics } = readRelocatable(writeRelocatable({ ...whole, sections }));
	expect(diagnostics[0]?.message).toMatch(
		/section xdp: the relocation at offset \d+ is of the unknown type 77/,
	);
});
