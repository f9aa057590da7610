// Pointers that are numbers now, and why: NULL on this path, given back, or into a packet that a helper may have moved.

import { helperById } from "../../abi/index.ts";
import { insnAt } from "../../isa/index.ts";
import { SCALAR_VALUE } from "../../verifier/index.ts";
import { CALL } from "../jumps.ts";
import { RELEASES } from "./mending.ts";
import { originOf } from "./names.ts";
import { access, calleeAt, isCall, lineOf, namedRegister, type Place } from "./place.ts";

export interface Lost {
	readonly kind: "null" | "released" | "moved";
	readonly register: number;
	/** The call that made it a number. */
	readonly pc?: number;
}

/** Why the register that is used as a pointer holds a number; undefined when nothing says that it was one. */
export function lostPointer(place: Place): Lost | undefined {
	const register = isCall(place) ? namedRegister(place) : access(place).pointer;
	const view = register === undefined ? undefined : place.registers.get(register);
	if (register === undefined || view?.type !== SCALAR_VALUE) return undefined;
	const known = view.mask[0] === 0 && view.mask[1] === 0;
	const origin = originOf(place, register);
	if (known) {
		const zero = view.value[0] === 0 && view.value[1] === 0;
		return zero && origin?.kind === "call" ? { kind: "null", register } : undefined;
	}
	if (!origin || origin.kind === "entry" || origin.kind === "constant") return undefined;
	const since = place.path.slice(origin.at + 1, -1);
	const { code } = place;
	const released = since.findLast(
		(pc) => insnAt(code, pc).opcode === CALL && RELEASES.test(calleeAt(place, pc)),
	);
	if (origin.kind === "call")
		return released === undefined ? undefined : { kind: "released", register, pc: released };
	const moved = since.findLast((pc) => movesPacket(place, pc));
	return moved === undefined ? undefined : { kind: "moved", register, pc: moved };
}

function movesPacket({ code }: Place, pc: number): boolean {
	const insn = insnAt(code, pc);
	return insn.opcode === CALL && insn.src === 0 && helperById(insn.imm)?.changesPacket === true;
}

/** `bpf_skb_pull_data at line 18`. */
export function callText(place: Place, pc: number): string {
	const line = lineOf(place, pc);
	return `${calleeAt(place, pc)} at ${line === undefined ? `insn ${pc}` : `line ${line}`}`;
}
