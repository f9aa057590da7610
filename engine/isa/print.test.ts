// Each row's text, held against those who define it: the running kernel's log and LLVM's disassembler.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import { Linux } from "../testing/index.ts";
import type { Insn, InsnRow } from "./index.ts";
import {
	codeOf,
	decode,
	encode,
	INSTRUCTIONS,
	isExact,
	OPERANDS,
	printInsn,
	printLlvm,
	printUbpf,
	rowAt,
} from "./index.ts";

function sample(row: InsnRow, random: Random): Insn[] {
	const use = OPERANDS[row.shape];
	const pick = (bits: number) => (random.u32() >> (random.u32() % 32)) >> (32 - bits);
	const insn = {
		opcode: row.opcode,
		dst: use.dst ? random.u32() % 10 : 0,
		src: row.match.src ?? (use.src ? random.u32() % 10 : 0),
		off: row.match.off ?? (use.off ? pick(16) : 0),
		imm: row.match.imm ?? (use.imm ? pick(32) : 0),
	};
	if (row.shape !== "imm64") return [insn];
	const single = [1, 4, 5].includes(insn.src);
	return [insn, { opcode: 0, dst: 0, src: 0, off: 0, imm: single ? 0 : pick(32) }];
}

test("encode and decode are inverse on every row with random operands", () => {
	const random = new Random(1);
	for (const row of INSTRUCTIONS)
		for (let i = 0; i < 20; i++) {
			const code = codeOf(sample(row, random));
			expect(decode(encode(code))).toEqual(code);
			expect(rowAt(code, 0)?.id).toBe(row.id);
			expect(isExact(code, 0, row)).toBe(true);
		}
});

test("ids are unique, and no two rows match the same instruction", () => {
	expect(new Set(INSTRUCTIONS.map((r) => r.id)).size).toBe(INSTRUCTIONS.length);
	const keys = INSTRUCTIONS.map((r) => JSON.stringify([r.opcode, r.match]));
	expect(new Set(keys).size).toBe(keys.length);
});

test("what is no instruction has no row, and reserved fields are seen", () => {
	const none = { opcode: 0, dst: 0, src: 0, off: 0, imm: 0 };
	const code = codeOf([
		none,
		{ ...none, opcode: 0xdc, imm: 7 },
		{ ...none, opcode: 0x95, imm: 1 },
		{ ...none, opcode: 0x99 },
	]);
	expect([0, 1, 2, 3].map((pc) => rowAt(code, pc)?.id)).toEqual([
		undefined,
		undefined,
		"exit",
		undefined,
	]);
	const exit = rowAt(code, 2);
	expect(exit && isExact(code, 2, exit)).toBe(false);
});

const opened = await Linux.open();
const asked = "linux" in opened ? test : test.skip;
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

/** Every row that the kernel's printer has a text for, in one program whose jumps stay inside it. */
function printable(random: Random): Insn[] {
	const slots: { insn: Insn; starts: boolean }[] = [];
	for (const row of INSTRUCTIONS) {
		if (row.since === undefined && row.id !== "goto-or-nop") continue;
		// kfunc calls and BTF ids need types of the running kernel; map indexes a descriptor array.
		if (
			/^call-(kfunc|subprog)$|^exit$|-(btf|func|map|index|map-value|map-index|map-index-value)$/.test(
				row.id,
			)
		)
			continue;
		for (let i = 0; i < 3; i++)
			sample(row, random).forEach((insn, n) => {
				slots.push({ insn, starts: n === 0 });
			});
	}
	const none = { opcode: 0, dst: 0, src: 0, off: 0, imm: 0 };
	slots.push({ insn: { ...none, opcode: 0x95 }, starts: true });
	const starts = slots.flatMap((slot, pc) => (slot.starts ? [pc] : []));
	return slots.map(({ insn }, pc) => {
		const shape = rowAt(codeOf([insn]), 0)?.shape ?? "";
		const later = starts.filter((start) => start > pc);
		const to = later[random.u32() % Math.max(later.length, 1)] ?? pc + 1;
		const jumps = ["jump-reg", "jump-imm", "may-goto"].includes(shape);
		if (jumps) return { ...insn, off: to - pc - 1 };
		if (shape === "goto") return { ...insn, off: 0 };
		if (shape === "gotol") return { ...insn, imm: 0 };
		if (shape === "call") return { ...insn, imm: 1 };
		return insn;
	});
}

asked(`every row prints as in the kernel's log${why}`, async () => {
	if (!("linux" in opened)) return;
	const code = codeOf(printable(new Random(7)));
	const answer = await opened.linux.load(
		{ code, type: 1, maps: [], license: "GPL" },
		{ logLevel: 2 },
	);
	const theirs = answer.log
		.split("\n")
		.map((line) => /^\s*(?:\d+\s+)?(\d+): [0-9.]{10} (.*)$/.exec(line))
		.filter((m) => m !== null);
	expect(theirs.length).toBeGreaterThan(INSTRUCTIONS.length * 2);
	const names = { helper: (id: number) => (id === 1 ? "bpf_map_lookup_elem" : undefined) };
	expect(theirs.map((m) => printInsn(code, Number(m[1]), names))).toEqual(theirs.map((m) => m[2]));
});

asked(`calls of subprograms print as in the kernel's log${why}`, async () => {
	if (!("linux" in opened)) return;
	const none = { opcode: 0, dst: 0, src: 0, off: 0, imm: 0 };
	const code = codeOf([
		{ ...none, opcode: 0x85, src: 1, imm: 2 },
		{ ...none, opcode: 0xb7 },
		{ ...none, opcode: 0x95 },
		{ ...none, opcode: 0xb7 },
		{ ...none, opcode: 0x95 },
	]);
	const answer = await opened.linux.load(
		{ code, type: 1, maps: [], license: "GPL" },
		{ logLevel: 2 },
	);
	const first = /^\s*0: [0-9.]{10} (.*)$/m.exec(answer.log)?.[1];
	expect(first ?? answer.log).toBe(printInsn(code, 0));
});

const assembler = "llvm-mc-22";
const disassembler = "llvm-objdump-22";
const haveLlvm = [assembler, disassembler].every(
	(tool) => spawnSync(tool, ["--version"]).status === 0,
);
const withLlvm = haveLlvm ? test : test.skip;

withLlvm("every row has LLVM's text, and LLVM's bytes for it", () => {
	const random = new Random(3);
	const insns: Insn[] = [];
	// LLVM's text has no indirect packet load with an offset and takes 16 bits only after gotol.
	const within = (row: InsnRow, n: Insn) =>
		row.shape === "packet-ind"
			? { ...n, imm: 0 }
			: row.shape === "gotol"
				? { ...n, imm: n.imm >> 16 }
				: n;
	for (const row of INSTRUCTIONS) {
		if (row.id === "goto-or-nop" || (row.shape === "imm64" && row.match.src !== 0)) continue;
		if (row.id === "call-kfunc" || row.id === "call-subprog") continue;
		for (let i = 0; i < 8; i++) insns.push(...sample(row, random).map((n) => within(row, n)));
	}
	const code = codeOf(insns);
	const starts = [...insns.keys()].filter((pc) => code.opcode[pc] !== 0);
	const folder = mkdtempSync(join(tmpdir(), "skep-isa-"));
	const source = join(folder, "rows.s");
	const object = join(folder, "rows.o");
	const raw = join(folder, "rows.bin");
	writeFileSync(source, starts.map((pc) => `${printLlvm(code, pc)}\n`).join(""));
	execFileSync(assembler, ["-triple=bpfel", "-mcpu=v4", "-filetype=obj", source, "-o", object]);
	execFileSync("llvm-objcopy-22", ["-O", "binary", "--only-section=.text", object, raw]);
	const theirs = decode(readFileSync(raw));
	expect(starts.map((pc) => printLlvm(theirs, pc))).toEqual(
		starts.map((pc) => printLlvm(code, pc)),
	);
	expect(theirs).toEqual(code);
	const listing = execFileSync(disassembler, ["-d", "--no-show-raw-insn", "--mcpu=v4", object], {
		encoding: "utf8",
	});
	const lines = listing.split("\n").flatMap((line) => {
		const found = /^\s*\d+:\s+(.*?)( <\.text[^>]*>)?$/.exec(line);
		return found?.[1] === undefined ? [] : [found[1]];
	});
	expect(lines).toEqual(starts.map((pc) => printLlvm(code, pc)));
});

test("uBPF's mnemonics", () => {
	const text = (opcode: number, dst: number, src: number, off: number, imm: number) =>
		printUbpf(
			codeOf([
				{ opcode, dst, src, off, imm },
				{ opcode: 0, dst: 0, src: 0, off: 0, imm: 0 },
			]),
			0,
		);
	expect(text(0x61, 0, 1, 4, 0)).toBe("ldxw r0, [r1+4]");
	expect(text(0x7b, 10, 1, -8, 0)).toBe("stxdw [r10-8], r1");
	expect(text(0x04, 3, 0, 0, -1)).toBe("add32 r3, -1");
	expect(text(0x25, 3, 0, 7, 9)).toBe("jgt r3, 9, +7");
	expect(text(0xdb, 1, 2, 0, 1)).toBe("lock fetch add [r1], r2");
	expect(text(0x18, 1, 0, 0, -1)).toBe("lddw r1, 4294967295");
	expect(text(0x85, 0, 1, 0, 5)).toBe("call local +5");
	expect(text(0x05, 0, 0, -2, 0)).toBe("ja -2");
	expect(text(0xd7, 1, 0, 0, 32)).toBe("swap32 r1");
	expect(text(0x95, 0, 0, 0, 0)).toBe("exit");
});
