// Which registers each instruction may still be followed by a read of (compute_live_registers of the kernel).

import * as isa from "../isa/index.ts";
import { callArguments } from "./callees.ts";
import type { Env } from "./env.ts";

const CALLER_SAVED = 0x3f;

/** Registers that instruction `pc` reads (low half) and writes (high half). */
function usesAndDefs(env: Env, pc: number): number {
	const opcode = env.code.opcode[pc] as number;
	const dst = 1 << (env.code.dst[pc] as number);
	const src = 1 << (env.code.src[pc] as number);
	const mode = opcode & 0xe0;
	const immediate = (opcode & isa.BPF_X) === 0;
	switch (opcode & 7) {
		case isa.BPF_LD:
			return opcode === isa.LD_IMM64 ? pack(0, dst) : pack(0xffff, 0);
		case isa.BPF_LDX:
			return mode === isa.BPF_MEM || mode === isa.BPF_MEMSX ? pack(src, dst) : pack(0xffff, 0);
		case isa.BPF_ST:
			return mode === isa.BPF_MEM ? pack(dst, 0) : pack(0xffff, 0);
		case isa.BPF_STX:
			if (mode === isa.BPF_MEM) return pack(dst | src, 0);
			return mode === isa.BPF_ATOMIC
				? atomic(env.code.imm[pc] as number, dst, src)
				: pack(0xffff, 0);
		case isa.BPF_ALU:
		case isa.BPF_ALU64:
			if ((opcode & 0xf0) === isa.BPF_END) return pack(dst, dst);
			if ((opcode & 0xf0) === isa.BPF_MOV) return pack(immediate ? 0 : src, dst);
			return pack(immediate ? dst : dst | src, dst);
		default:
			return jump(env, pc, opcode, dst, src);
	}
}

function pack(use: number, def: number): number {
	return (def << 16) | use;
}

function atomic(imm: number, dst: number, src: number): number {
	switch (imm) {
		case isa.BPF_CMPXCHG:
			return pack(1 | dst | src, 1);
		case isa.BPF_LOAD_ACQ:
			return pack(src, dst);
		case isa.BPF_STORE_REL:
			return pack(dst | src, 0);
		default:
			return pack(dst | src, imm & isa.BPF_FETCH ? src : 0);
	}
}

function jump(env: Env, pc: number, opcode: number, dst: number, src: number): number {
	switch (opcode & 0xf0) {
		case isa.BPF_JA:
		case isa.BPF_JCOND:
			return 0;
		case isa.BPF_EXIT:
			return pack(1, 0);
		case isa.BPF_CALL: {
			const count = callArguments(env, pc);
			const use = count < 0 ? CALLER_SAVED & ~1 : ((1 << (count + 1)) - 1) & ~1;
			return pack(use, CALLER_SAVED);
		}
		default:
			return pack((opcode & isa.BPF_X) === 0 ? dst : dst | src, 0);
	}
}

/** Fills in the facts' `live`, one bit a register, before each instruction. */
export function computeLiveRegs(env: Env): void {
	const length = env.code.length;
	const masks = new Int32Array(length);
	for (let pc = 0; pc < length; pc++) masks[pc] = usesAndDefs(env, pc);
	const live = env.facts.live;
	for (let pc = 0; pc < length; pc++) live[pc] = 0;
	const { next } = env.facts;
	for (let changed = true; changed; ) {
		changed = false;
		for (const pc of env.postorder) {
			const first = next[2 * pc] as number;
			const second = next[2 * pc + 1] as number;
			let out = 0;
			if (first >= 0) out |= live[first] as number;
			if (second >= 0) out |= live[second] as number;
			const mask = masks[pc] as number;
			const into = ((out & ~(mask >>> 16)) | mask) & 0xffff;
			if (into !== live[pc]) {
				live[pc] = into;
				changed = true;
			}
		}
	}
	if (env.log?.all) printLiveRegs(env);
}

function printLiveRegs(env: Env): void {
	env.log?.write("Live regs before insn:\n");
	for (let pc = 0; pc < env.code.length; pc++) {
		const scc = env.facts.scc[pc] as number;
		let text = scc ? `${String(scc).padStart(3)} ` : "    ";
		text += `${String(pc).padStart(3)}: `;
		for (let r = 0; r < 10; r++)
			text += ((env.facts.live[pc] as number) >>> r) & 1 ? String(r) : ".";
		env.log?.write(`${text} ${env.insnText(pc)}\n`);
		if (env.code.opcode[pc] === isa.LD_IMM64) pc++;
	}
}
