// What the tables say of the helper that an instruction calls, as far as the shape of the program depends on it.

import type { Proto } from "../abi/index.ts";
import { allowed, helperById, KF_ITER_NEXT, KF_SLEEPABLE, protoFor } from "../abi/index.ts";
import type { Env } from "./env.ts";
import { kfuncAt, kfuncById } from "./kfuncs.ts";
import { isHelperCall, isKfuncCall } from "./subprogs.ts";

export const FOR_EACH_MAP_ELEM = 164;
export const TIMER_SET_CALLBACK = 170;
export const FIND_VMA = 180;
export const LOOP = 181;
export const USER_RINGBUF_DRAIN = 209;

/** The name of helper `id`, undefined beyond the table. */
export function plainHelperName(id: number): string | undefined {
	return id === 0 ? "bpf_unspec" : helperById(id)?.name;
}

/** The name of helper `id` as messages have it, `bpf_…#id`. */
export function helperName(id: number): string {
	return `${plainHelperName(id) ?? "unknown"}#${id}`;
}

const SOCKET_OPTIONS = new Set([49, 57]);
const STRUCT_OPS = 27;

/** What a target says of helper `id` by itself; undefined where the type of program decides. */
function targetProto(env: Env, id: number): Proto | "none" | undefined {
	const { target } = env;
	if (!target) return undefined;
	if (target.ops === "bpf_dummy_ops") return "none";
	if (!SOCKET_OPTIONS.has(id)) return undefined;
	if (target.ops === "tcp_congestion_ops") return target.name === "release" ? "none" : undefined;
	return target.name === "bpf_iter_tcp" ? protoFor(id, STRUCT_OPS, 0) : undefined;
}

/** The prototype that this program gets for helper `id`, undefined when it may not call it. */
export function protoOf(env: Env, id: number): Proto | undefined {
	const known = env.protos.get(id);
	if (known !== undefined) return known;
	const { type, expectedAttachType } = env.request;
	const own = targetProto(env, id);
	if (own === "none") return undefined;
	if (!own && !allowed(id, type, expectedAttachType)) return undefined;
	const proto = own ?? protoFor(id, type, expectedAttachType);
	if (proto) env.protos.set(id, proto);
	return proto;
}

interface CallTraits {
	/** Calls a function of the program before it returns. */
	readonly callback: boolean;
	/** Arranges for a function of the program to be called later. */
	readonly async: boolean;
	readonly mightSleep: boolean;
	readonly changesPacket: boolean;
	/** Asks an iterator for its next element. */
	readonly iterNext: boolean;
}

const plain: CallTraits = {
	callback: false,
	async: false,
	mightSleep: false,
	changesPacket: false,
	iterNext: false,
};

/** Whether helper `id` calls a function of the program before it returns. */
export function callsBack(id: number): boolean {
	return id === FOR_EACH_MAP_ELEM || id === FIND_VMA || id === LOOP || id === USER_RINGBUF_DRAIN;
}

export function callTraits(env: Env, pc: number): CallTraits {
	if (!isHelperCall(env, pc)) return kfuncTraits(env, pc);
	const id = env.code.imm[pc] as number;
	return {
		callback: callsBack(id),
		async: id === TIMER_SET_CALLBACK,
		mightSleep: protoOf(env, id)?.mightSleep === true,
		changesPacket: helperById(id)?.changesPacket === true,
		iterNext: false,
	};
}

/** Kernel functions that arrange for a function of the program to be called later. */
const callsLater = new Set([
	"bpf_wq_set_callback_impl",
	"bpf_task_work_schedule_resume_impl",
	"bpf_task_work_schedule_signal_impl",
]);

/** The kernel function called at `pc`, be it allowed or not. */
function kfuncName(env: Env, pc: number): string {
	return isKfuncCall(env, pc) ? (kfuncById(env, env.code.imm[pc] as number)?.name ?? "") : "";
}

function kfuncTraits(env: Env, pc: number): CallTraits {
	const name = kfuncName(env, pc);
	const shape = { callback: name === RBTREE_ADD, async: callsLater.has(name) };
	const kfunc = kfuncAt(env, pc);
	if (!kfunc) return { ...plain, ...shape };
	return {
		...shape,
		mightSleep: (kfunc.flags & KF_SLEEPABLE) !== 0,
		changesPacket: kfunc.name === "bpf_xdp_pull_data",
		iterNext: (kfunc.flags & KF_ITER_NEXT) !== 0,
	};
}

const RBTREE_ADD = "bpf_rbtree_add_impl";

/** Whether the instruction calls something that calls a function of the program before it returns. */
export function callsBackAt(env: Env, pc: number): boolean {
	if (isHelperCall(env, pc)) return callsBack(env.code.imm[pc] as number);
	return kfuncName(env, pc) === RBTREE_ADD;
}

/** Number of register arguments of the helper called at `pc`, -1 when the tables do not tell. */
export function callArguments(env: Env, pc: number): number {
	if (!isHelperCall(env, pc)) return kfuncAt(env, pc)?.params.length ?? -1;
	return protoOf(env, env.code.imm[pc] as number)?.args.length ?? -1;
}
