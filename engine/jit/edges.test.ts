// Every arithmetic and jump instruction on every pair of edge operands, in both executors, against the running Linux. The
// operands come from the packet, so that the verifier computes nothing; results go back into it.

import { expect, test } from "vitest";
import { toBigInt, view } from "../base/index.ts";
import type { Insn, InsnRow } from "../isa/index.ts";
import { codeOf, INSTRUCTIONS } from "../isa/index.ts";
import { insn, Linux, newGuest, programOf, runOn } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { createJit } from "./index.ts";

const EDGES: readonly (readonly [number, number])[] = [
	[0, 0],
	[0, 1],
	[-1, -1],
	[0, 2],
	[-1, -2],
	[0, 7],
	[0, 31],
	[0, 32],
	[0, 63],
	[0, 64],
	[0, 0x7f],
	[0, 0x80],
	[0, 0xffff8000 | 0],
	[0, 0x7fffffff],
	[0, -0x80000000],
	[0, -1],
	[1, 0],
	[1, -1],
	[0x7fffffff, -1],
	[-0x80000000, 0],
	[-0x80000000, 1],
	[0x01020304, 0x05060708],
	[0x55555555, 0x55555555],
	[-2, 0x12345678],
];
const IMMEDIATES = [0, 1, -1, 2, 7, 31, 0x7f, 0x80, 0xffff, 0x7fffffff, -0x80000000, 0x12345678];

const shapes = ["alu-reg", "alu-imm", "neg", "swap", "movsx", "jump-reg", "jump-imm"];
const rows = INSTRUCTIONS.filter((row) => shapes.includes(row.shape));

/** Linux refuses shifts by an immediate beyond the width, and division by an immediate of zero. */
function refused(row: InsnRow, imm: number): boolean {
	if (row.shape !== "alu-imm") return false;
	if (row.op.includes("<<") || row.op.includes(">>")) return imm < 0 || imm >= row.bits;
	return imm === 0 && /[/%]/.test(row.op);
}

/** r6 = packet of at least `size` bytes, or out. */
function prologue(size: number): Insn[] {
	return [
		insn(0x61, 6, 1, 0),
		insn(0x61, 2, 1, 4),
		insn(0xbf, 1, 6),
		insn(0x07, 1, 0, 0, size),
		insn(0xb7, 0, 0, 0, 0),
		insn(0xbd, 1, 2, 1),
		insn(0x95, 0),
	];
}

function snippet(row: InsnRow, imm: number, out: number): Insn[] {
	const { src = 0, off = 0, imm: fixed } = row.match;
	const jumps = row.shape.startsWith("jump");
	const register = ["alu-reg", "movsx", "jump-reg"].includes(row.shape) ? 3 : src;
	const value = fixed ?? (row.shape.endsWith("imm") ? imm : 0);
	const load = [insn(0x79, 2, 6, 0), insn(0x79, 3, 6, 8)];
	if (!jumps) return [...load, insn(row.opcode, 2, register, off, value), insn(0x7b, 6, 2, out)];
	return [
		...load,
		insn(0xb7, 0, 0, 0, 1),
		insn(row.opcode, 2, register, 1, value),
		insn(0xb7, 0, 0, 0, 0),
		insn(0x7b, 6, 0, out),
	];
}

const opened = await Linux.open();
const asked = "linux" in opened ? test : test.skip;
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

function hex(bytes: Uint8Array, at: number): string {
	const data = view(bytes);
	return toBigInt(data.getInt32(at + 4, true), data.getInt32(at, true)).toString(16);
}

async function compare(linux: Linux, used: readonly InsnRow[], imm: number): Promise<number> {
	const size = 16 + 8 * used.length;
	const insns = prologue(size);
	used.forEach((row, i) => {
		insns.push(...snippet(row, imm, 16 + 8 * i));
	});
	insns.push(insn(0x95, 0));
	const code = codeOf(insns);
	const loaded = await linux.load({ code, type: 6, maps: [], license: "GPL" }, { logLevel: 1 });
	expect(loaded.ok, loaded.log.slice(-300)).toBe(true);
	const guests = [newGuest((m) => createVm(m)), newGuest((m) => createJit(m))];
	const program = programOf(code);
	const registers = used.some((row) => !row.shape.endsWith("imm"));
	let compared = 0;
	for (const a of EDGES)
		for (const b of registers ? EDGES : EDGES.slice(0, 1)) {
			const packet = new Uint8Array(size);
			new Int32Array(packet.buffer, 0, 4).set([a[1], a[0], b[1], b[0]]);
			const theirs = await linux.run(loaded.fd, { data: packet });
			for (const guest of guests) {
				const ours = runOn(guest, program, packet);
				used.forEach((row, i) => {
					const at = 16 + 8 * i;
					const operands = `${guest.executor.kind} ${row.id} ${hex(packet, 0)} ${hex(packet, 8)} ${imm}`;
					if (hex(ours.bytes, at) !== hex(theirs.data, at))
						expect(hex(ours.bytes, at), operands).toBe(hex(theirs.data, at));
					compared++;
				});
			}
		}
	await linux.close(loaded);
	return compared;
}

asked(
	`register operands${why}`,
	async () => {
		if (!("linux" in opened)) return;
		const used = rows.filter((row) => !row.shape.endsWith("imm"));
		expect(await compare(opened.linux, used, 0)).toBeGreaterThan(50000);
	},
	60000,
);

asked(
	`immediate operands${why}`,
	async () => {
		if (!("linux" in opened)) return;
		let compared = 0;
		for (const imm of IMMEDIATES) {
			const used = rows.filter((row) => row.shape.endsWith("imm") && !refused(row, imm));
			compared += await compare(opened.linux, used, imm);
		}
		expect(compared).toBeGreaterThan(20000);
	},
	60000,
);
