// The assembler against the printers (what is printed assembles to the same bytes), LLVM's assembler and the kernel's log.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { helperById } from "../abi/index.ts";
import { Random, toHex } from "../base/index.ts";
import type { Code, Insn, InsnRow } from "../isa/index.ts";
import {
	codeOf,
	encode,
	INSTRUCTIONS,
	OPERANDS,
	printInsn,
	printLlvm,
	printUbpf,
	rowAt,
} from "../isa/index.ts";
import { assemble } from "./index.ts";

function sample(row: InsnRow, random: Random): Insn[] {
	const use = OPERANDS[row.shape];
	const pick = (bits: number) => (random.u32() >> (random.u32() % 32)) >> (32 - bits);
	const insn = {
		opcode: row.opcode,
		dst: use.dst ? random.u32() % 11 : 0,
		src: row.match.src ?? (use.src ? random.u32() % 11 : 0),
		off: row.match.off ?? (use.off ? pick(16) : 0),
		imm: row.match.imm ?? (use.imm ? pick(32) : 0),
	};
	if (row.shape !== "imm64") return [insn];
	const single = [1, 4, 5].includes(insn.src);
	return [insn, { opcode: 0, dst: 0, src: 0, off: 0, imm: single ? 0 : pick(32) }];
}

function manyOf(rows: readonly InsnRow[], seed: number): Code {
	const random = new Random(seed);
	return codeOf(
		rows.flatMap((row) => Array.from({ length: 12 }, () => sample(row, random)).flat()),
	);
}

function starts(code: Code): number[] {
	return [...Array(code.length).keys()].filter((pc) => code.opcode[pc] !== 0);
}

/** Slot by slot, so that a difference shows its text. */
function expectSame(code: Code, text: (pc: number) => string): void {
	const source = starts(code).map(text).join("\n");
	const { value, diagnostics } = assemble(source, "t.s");
	expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
	const bytes = value?.programs[0]?.insns ?? new Uint8Array();
	const wrong = starts(code).filter(
		(pc) =>
			toHex(bytes.slice(pc * 8, pc * 8 + 8)) !== toHex(encode(code).slice(pc * 8, pc * 8 + 8)),
	);
	expect(wrong.map(text)).toEqual([]);
	expect(toHex(bytes)).toBe(toHex(encode(code)));
}

test("LLVM's syntax as printed assembles to the same bytes, hexadecimal and decimal", () => {
	const code = manyOf(INSTRUCTIONS, 1);
	expectSame(code, (pc) => printLlvm(code, pc));
	expectSame(code, (pc) => printLlvm(code, pc, { decimal: true }));
	const helper = (id: number) => helperById(id)?.name;
	expectSame(code, (pc) => printLlvm(code, pc, { helper }));
});

test("uBPF's mnemonics as printed assemble to the same bytes", () => {
	const code = manyOf(INSTRUCTIONS, 2);
	expectSame(code, (pc) => printUbpf(code, pc));
});

test("lines of the kernel's log assemble to the same bytes", () => {
	const plain = INSTRUCTIONS.filter(
		(row) => row.since !== undefined && (row.shape !== "imm64" || row.match.src === 0),
	);
	const code = manyOf(plain, 3);
	const helper = (id: number) => helperById(id)?.name;
	// 32-bit atomic fetches print r registers; kfuncs print the name that the caller gives.
	expectSame(code, (pc) => `${pc}: ${printInsn(code, pc, { helper, kfunc: () => "some_kfunc" })}`);
});

test("a log with states, repeated paths and statistics assembles once", () => {
	const log = `func#0 @0
Live regs before insn:
      0: .......... (b7) r0 = 0
      1: 0......... (e5) may_goto pc+0
      2: 0......... (95) exit
0: R1=ctx() R10=fp0
0: (b7) r0 = 0                        ; R0=0
1: (e5) may_goto pc+0
2: (95) exit

from 1 to 2: R0=0 R1=ctx() R10=fp0
2: R0=0 R1=ctx() R10=fp0
2: (95) exit
processed 4 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 mark_read 0
`;
	const { value, diagnostics } = assemble(log, "log.s");
	expect(diagnostics).toEqual([]);
	expect(toHex(value?.programs[0]?.insns ?? new Uint8Array())).toBe(
		"b700000000000000e5000000000000009500000000000000",
	);
});

const tools = ["llvm-mc-22", "llvm-objdump-22", "llvm-objcopy-22"];
const haveLlvm = tools.every((tool) => spawnSync(tool, ["--version"]).status === 0);
const withLlvm = haveLlvm ? test : test.skip;

function llvm(source: string): { bytes: Uint8Array; listing: string } {
	const folder = mkdtempSync(join(tmpdir(), "skep-asm-"));
	const [text, object, raw] = ["a.s", "a.o", "a.bin"].map((f) => join(folder, f)) as [
		string,
		string,
		string,
	];
	writeFileSync(text, source);
	execFileSync("llvm-mc-22", ["-triple=bpfel", "-mcpu=v4", "-filetype=obj", text, "-o", object]);
	execFileSync("llvm-objcopy-22", ["-O", "binary", "--only-section=xdp", object, raw]);
	const listing = execFileSync("llvm-objdump-22", ["-d", "--mcpu=v4", object], {
		encoding: "utf8",
	});
	return { bytes: readFileSync(raw), listing };
}

withLlvm("a source that LLVM's assembler takes gives LLVM's bytes, and so does its listing", () => {
	const rows = INSTRUCTIONS.filter(
		(row) =>
			row.id !== "goto-or-nop" &&
			!/^(call-|ldind)/.test(row.id) &&
			(row.shape !== "imm64" || row.match.src === 0),
	);
	const random = new Random(9);
	const body = rows
		.flatMap((row) => Array.from({ length: 6 }, () => codeOf(sample(row, random))))
		.map((code, i) => {
			const row = rowAt(code, 0);
			const jumps = row && (OPERANDS[row.shape].off || row.shape === "gotol") && row.op !== "load";
			const label = jumps ? `l${random.u32() % (rows.length * 6)}` : "";
			const names = { label: () => (row?.shape === "load" ? undefined : label) };
			return `l${i}: ${printLlvm(code, 0, { ...names, decimal: i % 2 === 0 })}`;
		});
	const source = `.section xdp,"ax",@progbits\n${body.join("\n")}\n`;
	const theirs = llvm(source);
	const ours = assemble(source, "t.s");
	expect(ours.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
	expect(toHex(ours.value?.programs[0]?.insns ?? new Uint8Array())).toBe(toHex(theirs.bytes));
	const again = assemble(theirs.listing, "listing.s");
	expect(again.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
	expect(toHex(again.value?.programs[0]?.insns ?? new Uint8Array())).toBe(toHex(theirs.bytes));
});
