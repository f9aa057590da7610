// Dynptrs as arguments of calls, and what calls make of them (process_dynptr_func of the kernel). Helpers and kernel
// functions both come here.

import {
	beginsDynptr,
	DYNPTR_LOCAL,
	DYNPTR_RINGBUF,
	DYNPTR_SKB,
	DYNPTR_SKB_META,
	DYNPTR_XDP,
	dynptrSlot,
	makeDynptr,
} from "./dynslots.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL, frameOfPointer } from "./env.ts";
import { checkAccess } from "./memory.ts";
import {
	CONST_PTR_TO_DYNPTR,
	DYNPTR_TYPE_LOCAL,
	DYNPTR_TYPE_RINGBUF,
	DYNPTR_TYPE_SKB,
	DYNPTR_TYPE_SKB_META,
	DYNPTR_TYPE_XDP,
	PTR_TO_MAP_VALUE,
	PTR_TO_STACK,
	type Reg,
	typeName,
} from "./reg.ts";
import { NOT_ALLOCATED } from "./slots.ts";
import type { StackTools } from "./stack.ts";
import { slotOf } from "./state.ts";
import { dynptrName } from "./text.ts";

/** What a call does with a dynptr argument. */
interface DynptrUse {
	/** The call makes it, of this kind; else it must be one already. */
	readonly makes: boolean;
	/** The call leaves it as it is. */
	readonly keeps: boolean;
	/** DYNPTR_*: the only kind taken, or the one made; 0 for any. */
	readonly kind: number;
	/** Reference that the one made shares with the one it copies, 0 for none. */
	readonly cloneRef: number;
}

/** What is known of an initialised dynptr. */
export interface DynptrFacts {
	readonly id: number;
	readonly refId: number;
	readonly kind: number;
}

const SIZE = 16;

/** Register `regno` is a dynptr argument. */
export function dynptrArgument(env: Env, tools: StackTools, regno: number, use: DynptrUse): number {
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "dynptr/argument", message);
	if (reg.type !== PTR_TO_STACK && reg.type !== CONST_PTR_TO_DYNPTR)
		return refuse(`arg#${regno - 1} expected pointer to stack or const struct bpf_dynptr`);
	if (use.makes) return makeArgument(env, tools, regno, use);
	if (reg.type === CONST_PTR_TO_DYNPTR && !use.keeps)
		return refuse("cannot pass pointer to const bpf_dynptr, the helper mutates it");
	if (!isInitialized(env, reg))
		return refuse(`Expected an initialized dynptr as arg #${regno - 1}`);
	if (use.kind !== 0 && dynptrFacts(env, reg).kind !== use.kind)
		return refuse(`Expected a dynptr of type ${dynptrName(use.kind)} as arg #${regno - 1}`);
	if (reg.type === PTR_TO_STACK) {
		const spi = dynptrSlot(env, reg);
		for (const at of [spi, spi - 1]) {
			tools.live.markRead(reg.frameno, env.pc, at);
			env.scratchSlot(at);
		}
	}
	return 0;
}

function makeArgument(env: Env, tools: StackTools, regno: number, use: DynptrUse): number {
	const reg = curReg(env, regno);
	const spi = reg.type === CONST_PTR_TO_DYNPTR ? -EINVAL : dynptrSlot(env, reg);
	if (spi < 0 && spi !== NOT_ALLOCATED)
		return env.fail(EINVAL, "dynptr/argument", "Dynptr has to be an uninitialized dynptr");
	for (let off = 0; off < SIZE; off += 8) {
		const error = checkAccess(env, tools, {
			regno,
			off,
			size: 8,
			write: true,
			value: -1,
			strict: false,
			signed: false,
		});
		if (error < 0) return error;
	}
	return makeDynptr(env, tools.live, reg, use.kind, use.cloneRef);
}

function isInitialized(env: Env, reg: Reg): boolean {
	if (reg.type === CONST_PTR_TO_DYNPTR) return true;
	const spi = dynptrSlot(env, reg);
	return spi >= 0 && beginsDynptr(frameOfPointer(env, reg), spi);
}

/** Facts of the dynptr that `reg` points to; it must be initialised. */
export function dynptrFacts(env: Env, reg: Reg): DynptrFacts {
	const at =
		reg.type === CONST_PTR_TO_DYNPTR
			? reg
			: slotOf(frameOfPointer(env, reg), dynptrSlot(env, reg)).reg;
	return { id: at.id, refId: at.refId, kind: at.object & 255 };
}

const kinds = { local: DYNPTR_LOCAL, ringbuf: DYNPTR_RINGBUF } as const;

/** The number of the kind that a helper's prototype names, 0 for any. */
export function dynptrKind(name: "local" | "ringbuf" | undefined): number {
	return name === undefined ? 0 : kinds[name];
}

/** What is set in the type of a pointer into a dynptr of this kind. */
export function sliceFlag(kind: number): number {
	switch (kind) {
		case DYNPTR_LOCAL:
			return DYNPTR_TYPE_LOCAL;
		case DYNPTR_RINGBUF:
			return DYNPTR_TYPE_RINGBUF;
		case DYNPTR_SKB:
			return DYNPTR_TYPE_SKB;
		case DYNPTR_XDP:
			return DYNPTR_TYPE_XDP;
		case DYNPTR_SKB_META:
			return DYNPTR_TYPE_SKB_META;
		default:
			return 0;
	}
}

/** Whether writing through a dynptr of this kind may move the packet. */
export function movesPacket(kind: number): boolean {
	return kind === DYNPTR_SKB || kind === DYNPTR_SKB_META;
}

/** The dynptr in register `regno` can be given up. */
export function checkOwned(env: Env, regno: number): number {
	const reg = curReg(env, regno);
	const refuse = (message: string) => env.fail(EINVAL, "dynptr/not-held", message);
	if (reg.type !== PTR_TO_STACK) return refuse("cannot release unowned const bpf_dynptr");
	const spi = dynptrSlot(env, reg);
	if (spi >= 0 && slotOf(frameOfPointer(env, reg), spi).reg.refId !== 0) return 0;
	return refuse(`arg ${regno} is an unacquired reference`);
}

/** bpf_dynptr_from_mem takes map values only. */
export function checkDynptrMemory(env: Env): number {
	const { type } = curReg(env, 1);
	if (type === PTR_TO_MAP_VALUE) return 0;
	return env.fail(
		EACCES,
		"dynptr/memory",
		`Unsupported reg type ${typeName(type)} for bpf_dynptr_from_mem data`,
	);
}
