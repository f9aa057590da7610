// Calls as WebAssembly: helpers (imports with pairs of i32), array lookups in place, subprograms, bpf_loop, tail calls, and
// the legacy packet loads. Returns false for what is no instruction or not there.

import { BPF_IND, BPF_PSEUDO_CALL, BPF_X } from "../isa/index.ts";
import type { ArrayLayout } from "../machine/index.ts";
import type { FunctionUnit } from "./unit.ts";
import { FRAME_SIZE, MAILBOX, TRAP } from "./unit.ts";
import { OP } from "./wasm/opcode.ts";

/** BPF_MAX_LOOPS of Linux. */
export const MAX_LOOPS = 8 * 1024 * 1024;
const MAX_TAIL_CALLS = 33;
const MAP_LOOKUP = 1;
const TAIL_CALL = 12;
const LOOP = 181;

export function compileCall(f: FunctionUnit, pc: number): boolean {
	const { code } = f.unit;
	const imm = code.imm[pc] ?? 0;
	if (((code.opcode[pc] ?? 0) & BPF_X) !== 0) return false;
	if (code.src[pc] === BPF_PSEUDO_CALL) return subprogram(f, pc, pc + 1 + imm);
	if (code.src[pc] !== 0) return false;
	if (imm === TAIL_CALL) return tailCall(f);
	if (imm === LOOP) return loop(f, pc);
	const map = f.known.of(1);
	const layout = map?.kind === "constant" ? f.unit.program.arrays.get(map.lo >>> 0) : undefined;
	if (imm === MAP_LOOKUP && layout) {
		arrayLookup(f, layout);
		return true;
	}
	const hash = map?.kind === "constant" ? f.unit.hashLookup(map.lo >>> 0) : undefined;
	if (imm === MAP_LOOKUP && hash !== undefined) {
		f.push32(2);
		f.body.call(hash);
		f.pop32(0);
		return true;
	}
	return helper(f, imm);
}

/** r0 = index < maxEntries ? base + index * stride : 0, without leaving the module. */
function arrayLookup(f: FunctionUnit, layout: ArrayLayout): void {
	const { body } = f;
	const index = f.temporary32(1);
	const offset = f.pushAddress(2, 0);
	body.memory(OP.load32, offset);
	body.tee(index);
	body.const32(layout.stride);
	body.op(OP.mul32);
	body.const32(layout.base);
	body.op(OP.add32);
	body.const32(0);
	body.get(index);
	body.const32(layout.maxEntries);
	body.op(OP.ltu32);
	body.op(OP.select);
	f.pop32(0);
}

/** The local and bound that arrayLookup left, so that a null test that follows needs no r0. */
export function lookupTest(
	f: FunctionUnit,
	pc: number,
): { index: number; bound: number } | undefined {
	const { code, program } = f.unit;
	if (code.opcode[pc] !== 0x85 || code.src[pc] !== 0 || code.imm[pc] !== MAP_LOOKUP)
		return undefined;
	const map = f.known.of(1);
	const layout = map?.kind === "constant" ? program.arrays.get(map.lo >>> 0) : undefined;
	return layout && { index: f.temporary32(1), bound: layout.maxEntries };
}

function helper(f: FunctionUnit, id: number): boolean {
	const found = f.unit.helper(id);
	if (!found) return false;
	const { body } = f;
	if (f.unit.callbacks) {
		f.toMailbox(MAILBOX.frame, f.frame);
		f.saveFuel();
	}
	for (let r = 1; r <= found.args; r++) {
		f.push32(r);
		body.get(f.register(r));
		body.const64(32, 0);
		body.op(OP.shru64);
		body.op(OP.wrap);
	}
	body.call(found.index);
	body.op(OP.extendU);
	if (id !== MAP_LOOKUP) {
		f.pushMailbox(MAILBOX.high, OP.load32u64);
		body.const64(32, 0);
		body.op(OP.shl64);
		body.op(OP.or64);
	}
	f.pop64(0);
	if (f.unit.callbacks) f.loadFuel();
	return true;
}

function pushCalleeFrame(f: FunctionUnit, pc: number): void {
	const { body } = f;
	if (f.unit.fuel) {
		body.get(f.frame);
		body.const32(2 * FRAME_SIZE);
		body.op(OP.add32);
		f.pushMailbox(MAILBOX.stackEnd);
		body.op(OP.gtu32);
		body.open(OP.if);
		f.trap(pc, TRAP.depth);
		body.op(OP.end);
	}
	body.get(f.frame);
	body.const32(FRAME_SIZE);
	body.op(OP.add32);
}

function subprogram(f: FunctionUnit, pc: number, target: number): boolean {
	const index = f.unit.functionAt(target);
	if (index === undefined) return false;
	f.saveFuel();
	pushCalleeFrame(f, pc);
	for (let r = 1; r <= 5; r++) f.push64(r);
	f.body.call(index);
	f.pop64(0);
	f.loadFuel();
	return true;
}

/** r0 = refusal of r1 turns with flags r4, or 0 to go on; leaves the number of turns in a temporary. */
function loopChecks(f: FunctionUnit, turns: number): void {
	const { body } = f;
	f.push32(1);
	body.set(turns);
	body.const64(-22, -1);
	body.const64(-7, -1);
	body.const64(0, 0);
	body.get(turns);
	body.const32(MAX_LOOPS);
	body.op(OP.gtu32);
	body.op(OP.select);
	body.get(f.register(4));
	body.op(OP.eqz64);
	body.op(OP.eqz32);
	body.op(OP.select);
	f.pop64(0);
}

/** bpf_loop(turns, function, context, flags). */
function loop(f: FunctionUnit, pc: number): boolean {
	const { body } = f;
	const known = f.known.of(2);
	const direct = known?.kind === "constant" ? f.unit.functionAt(known.lo) : undefined;
	const turns = f.temporary32(2);
	const turn = f.temporary32(3);
	loopChecks(f, turns);
	f.push64(0);
	body.op(OP.eqz64);
	body.open(OP.if);
	body.const32(0);
	body.set(turn);
	f.saveFuel();
	body.open(OP.block);
	body.open(OP.loop);
	body.get(turn);
	body.get(turns);
	body.op(OP.geu32);
	body.branch(OP.brIf, 1);
	pushCalleeFrame(f, pc);
	body.get(turn);
	body.op(OP.extendU);
	f.push64(3);
	for (let i = 0; i < 3; i++) body.const64(0, 0);
	if (direct !== undefined) body.call(direct);
	else {
		f.push32(2);
		body.indirect(OP.callIndirect, f.unit.signature, f.unit.ownTable);
	}
	body.get(turn);
	body.const32(1);
	body.op(OP.add32);
	body.set(turn);
	body.op(OP.eqz64);
	body.branch(OP.brIf, 0);
	body.op(OP.end);
	body.op(OP.end);
	f.loadFuel();
	body.get(turn);
	f.pop32(0);
	body.op(OP.end);
	return true;
}

function tailCall(f: FunctionUnit): boolean {
	const { body } = f;
	const slot = f.temporary32(0);
	const count = f.temporary32(2);
	f.pushMailbox(MAILBOX.tailCalls);
	body.tee(count);
	body.const32(MAX_TAIL_CALLS);
	body.op(OP.ltu32);
	body.open(OP.if);
	f.push32(2);
	f.push32(3);
	body.call(f.unit.tailCall());
	body.tee(slot);
	body.const32(0);
	body.op(0x4e);
	body.open(OP.if);
	body.get(count);
	body.const32(1);
	body.op(OP.add32);
	body.set(count);
	f.toMailbox(MAILBOX.tailCalls, count);
	f.saveFuel();
	body.get(f.frame);
	f.push64(1);
	for (let i = 0; i < 4; i++) body.const64(0, 0);
	body.get(slot);
	body.indirect(OP.returnCallIndirect, f.unit.signature, f.unit.programTable);
	body.op(OP.end);
	body.op(OP.end);
	body.const64(0, 0);
	f.pop64(0);
	return true;
}

/** BPF_LD | BPF_ABS or BPF_IND: a value of the packet in host order, or out of the function with 0. */
export function compilePacketLoad(f: FunctionUnit, pc: number): boolean {
	const { code, program } = f.unit;
	const { body } = f;
	const opcode = code.opcode[pc] ?? 0;
	const size = [4, 2, 1, 0][(opcode >> 3) & 3] ?? 0;
	if (!program.loadPacket || size === 0) return false;
	f.push32(6);
	body.const32(code.imm[pc] ?? 0);
	if ((opcode & 0xe0) === BPF_IND) {
		f.push32(code.src[pc] ?? 0);
		body.op(OP.add32);
	}
	body.const32(size);
	body.call(f.unit.packetLoad());
	f.pop32(0);
	f.pushMailbox(MAILBOX.high);
	body.open(OP.if);
	body.const64(0, 0);
	f.pop64(0);
	f.leave(1);
	body.op(OP.end);
	return true;
}
