// Calls of helpers: may the program call it here, do the arguments fit, what does it return (check_helper_call of the
// kernel).

import { allowedAtAttach, helperById } from "../abi/index.ts";
import { checkArgument } from "./argument.ts";
import { sanityCheck } from "./arith.ts";
import { asyncCall } from "./async.ts";
import { syncBounds } from "./bounds.ts";
import { drainCall, forEachCall, loopCall, vmaCall } from "./callback.ts";
import {
	FIND_VMA,
	FOR_EACH_MAP_ELEM,
	helperName,
	LOOP,
	protoOf,
	TIMER_SET_CALLBACK,
	USER_RINGBUF_DRAIN,
} from "./callees.ts";
import { checkMapHelper } from "./compat.ts";
import { checkDynptrMemory, dynptrFacts, movesPacket } from "./dynptr.ts";
import { releaseDynptr } from "./dynslots.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EINVAL, ENOTSUPP } from "./env.ts";
import { checkFormat } from "./format.ts";
import { btfResult } from "./helperbtf.ts";
import { exchanged, giveReference } from "./kptr.ts";
import { perCpuResult } from "./ksym.ts";
import {
	BPF_F_RDONLY_PROG,
	hasField,
	MAP_PROG_ARRAY,
	MAP_SOCKHASH,
	MAP_SOCKMAP,
	type MapFacts,
} from "./maps.ts";
import { checkAccess } from "./memory.ts";
import { type CallMeta, newMeta } from "./meta.ts";
import { clearCallerSaved } from "./operand.ts";
import { clearPacketPointers } from "./packet.ts";
import { acquireRef, checkLeaks, releaseRef } from "./refs.ts";
import * as R from "./reg.ts";
import type { StackTools } from "./stack.ts";
import { topFrame } from "./state.ts";
import { TAIL_CALL } from "./subprogs.ts";

const MAP_LOOKUP = 1;
const MAX_HELPER = 211;
const KPTR_XCHG = 194;
const DYNPTR_FROM_MEM = 197;
const DYNPTR_WRITE = 202;
const DYNPTR_DATA = 203;

/** Helpers whose map the kernel remembers per instruction. */
const remembersMap = new Set([TAIL_CALL, 1, 2, 3, 87, 88, 89, FOR_EACH_MAP_ELEM, 51, 195]);
const writesMap = new Set([2, 3, 87, 88]);
const acquires = new Set([84, 85, 99, 131, KPTR_XCHG]);
const casts = new Set([95, 96, 136, 137, 138, 139, 140, 196]);

/** The helper call at `pc`. */
export function checkHelper(env: Env, tools: StackTools, pc: number): number {
	const id = env.code.imm[pc] as number;
	const helper = id > 0 && id <= MAX_HELPER ? helperById(id) : undefined;
	if (!helper && (id < 0 || id > MAX_HELPER))
		return env.fail(EINVAL, "helper/unknown", `invalid func unknown#${id}`);
	const proto = protoOf(env, id);
	if (!proto)
		return env.fail(
			EINVAL,
			"helper/not-allowed",
			`program of this type cannot use helper ${helperName(id)}`,
		);
	if (!env.gpl && proto.gplOnly)
		return env.fail(
			EINVAL,
			"helper/gpl-only",
			"cannot call GPL-restricted function from non-GPL compatible program",
		);
	const { type, expectedAttachType } = env.request;
	const onProgram = env.target?.program !== undefined;
	if (!allowedAtAttach(id, type, expectedAttachType, env.target?.name, onProgram))
		return env.fail(EINVAL, "helper/not-allowed", "helper call is not allowed in probe");
	const allowed = checkRegions(env, id, proto.mightSleep === true);
	if (allowed < 0) return allowed;
	const meta = newMeta(id, proto);
	for (let i = 0; i < proto.args.length; i++) {
		const error = checkArgument(env, tools, meta, i);
		if (error < 0) return error;
	}
	const error =
		rememberMap(env, meta, pc) ||
		rememberKey(env, tools, meta) ||
		fillRawMemory(env, tools, meta) ||
		release(env, tools, meta) ||
		special(env, tools, meta);
	if (error < 0) return error;
	const moves = helper?.changesPacket === true || writesPacket(env, meta);
	clearCallerSaved(env, topFrame(env.cur));
	return finish(env, meta, moves);
}

/** bpf_dynptr_write to a packet's dynptr may move the packet. */
function writesPacket(env: Env, meta: CallMeta): boolean {
	return meta.id === DYNPTR_WRITE && movesPacket(dynptrFacts(env, curReg(env, 1)).kind);
}

/** Sleeping helpers need a sleepable program, outside of regions that forbid it. */
function checkRegions(env: Env, id: number, mightSleep: boolean): number {
	if (!mightSleep) return 0;
	const { cur } = env;
	if (!cur.inSleepable)
		return env.fail(EINVAL, "helper/sleeps", "helper call might sleep in a non-sleepable prog");
	const region =
		cur.activeRcu > 0
			? "rcu_read_lock region"
			: cur.activePreempt > 0
				? "non-preemptible region"
				: cur.activeIrqId !== 0
					? "IRQ-disabled region"
					: undefined;
	if (region === undefined) return 0;
	return env.fail(EINVAL, "helper/sleeps", `sleepable helper ${helperName(id)} in ${region}`);
}

function rememberMap(env: Env, meta: CallMeta, pc: number): number {
	if (!remembersMap.has(meta.id)) return 0;
	const map = env.maps[meta.map];
	if (!map) return env.fail(EINVAL, "internal/helper", "kernel subsystem misconfigured verifier");
	if ((map.spec.flags & BPF_F_RDONLY_PROG) !== 0 && writesMap.has(meta.id))
		return env.fail(EACCES, "map/write-forbidden", "write into map forbidden");
	const before = env.facts.helperMap[pc] as number;
	env.facts.helperMap[pc] = before === 0 || before === meta.map ? meta.map : -1;
	return 0;
}

/** A tail call with a known index depends on the index. */
function rememberKey(env: Env, tools: StackTools, meta: CallMeta): number {
	if (meta.id !== TAIL_CALL) return 0;
	const map = env.maps[meta.map];
	if (map?.type !== MAP_PROG_ARRAY)
		return env.fail(EINVAL, "helper/map-type", "expected prog array map for tail call", "");
	const key = curReg(env, 3);
	if (key.type !== R.SCALAR_VALUE || (key.maskHi | key.maskLo) !== 0) return 0;
	if (R.toUnsigned(key.valueHi, key.valueLo) >= map.spec.maxEntries) return 0;
	return tools.precision.markReg(3);
}

/** The call fills memory that need not be initialised before. */
function fillRawMemory(env: Env, tools: StackTools, meta: CallMeta): number {
	for (let off = 0; off < meta.accessSize; off++) {
		const error = checkAccess(env, tools, {
			regno: meta.regno,
			off,
			size: 1,
			write: true,
			value: -1,
			strict: false,
			signed: false,
		});
		if (error < 0) return error;
	}
	return 0;
}

function release(env: Env, tools: StackTools, meta: CallMeta): number {
	if (meta.releaseReg === 0) return 0;
	if (meta.proto.args[meta.releaseReg - 1]?.kind === "ARG_PTR_TO_DYNPTR")
		return releaseDynptr(env, tools.live, curReg(env, meta.releaseReg));
	const gives = meta.id === KPTR_XCHG && meta.refId !== 0;
	const done = gives
		? giveReference(env, meta.refId)
		: meta.refId !== 0
			? releaseRef(env, meta.refId)
			: R.isNull(curReg(env, meta.releaseReg));
	if (done) return 0;
	return env.fail(
		EINVAL,
		"reference/not-held",
		`func ${helperName(meta.id)} reference has not been acquired before`,
	);
}

/** What single helpers ask for. */
function special(env: Env, tools: StackTools, meta: CallMeta): number {
	switch (meta.id) {
		case TAIL_CALL:
			return checkLeaks(env, true, "tail_call");
		case 81: {
			if (R.isNull(curReg(env, 2))) return 0;
			return env.fail(EINVAL, "helper/flags", "get_local_storage() doesn't support non-zero flags");
		}
		case LOOP:
			return loopCall(env, tools, meta);
		case FOR_EACH_MAP_ELEM:
			return forEachCall(env, tools, meta);
		case USER_RINGBUF_DRAIN:
			return drainCall(env, tools, meta);
		case TIMER_SET_CALLBACK:
			return asyncCall(env, tools, {
				subprog: meta.subprog,
				sleepable: false,
				mapReg: 1,
				min: 0,
				max: 0,
			});
		case FIND_VMA:
			return vmaCall(env, tools, meta);
		case DYNPTR_FROM_MEM:
			return checkDynptrMemory(env);
		case DYNPTR_DATA: {
			const { id, refId } = dynptrFacts(env, curReg(env, 1));
			meta.dynptrId = id;
			meta.refId = refId;
			return 0;
		}
		case 165:
			return checkFormat(env);
		default:
			return 0;
	}
}

/** The value returned, then what the call did to the packet. */
function finish(env: Env, meta: CallMeta, changesPacket: boolean): number {
	const error = returnValue(env, meta);
	if (error < 0) return error;
	const r0 = curReg(env, 0);
	const map = env.maps[meta.map];
	if (R.mayBeNull(r0.type)) r0.id = ++env.idGen;
	if (meta.id === DYNPTR_DATA) {
		r0.uid = meta.dynptrId;
		r0.refId = meta.refId;
	} else if (casts.has(meta.id)) r0.refId = meta.refId;
	else if (isAcquire(meta.id, map)) {
		const id = acquireRef(env);
		r0.id = id;
		r0.refId = id;
	}
	const refined = refineResult(env, meta);
	if (refined < 0) return refined;
	const fits = checkMapHelper(env, map, meta.id) || checkFunctionAddress(env, meta.id);
	if (fits < 0) return fits;
	// A tail call does not come back to the main program changed.
	if (changesPacket && meta.id !== TAIL_CALL) clearPacketPointers(env.cur);
	return 0;
}

const GET_FUNC_IP = 173;
const KPROBE = 2;
const TRACING = 26;
/** fentry, fexit, fmod_ret and sessions. */
const functionAttach = new Set([24, 25, 26]);

/** check_get_func_ip. */
function checkFunctionAddress(env: Env, id: number): number {
	if (id !== GET_FUNC_IP) return 0;
	const { type, expectedAttachType } = env.request;
	const refuse = (words: string) =>
		env.fail(ENOTSUPP, "helper/not-allowed", `func ${helperName(id)} ${words}`);
	if (type === KPROBE) return 0;
	if (type !== TRACING) return refuse(`not supported for program type ${type}`);
	if (functionAttach.has(expectedAttachType)) return 0;
	return refuse("supported only for fentry/fexit/fmod_ret programs");
}

function isAcquire(id: number, map: MapFacts | undefined): boolean {
	if (acquires.has(id)) return true;
	return id === MAP_LOOKUP && (map?.type === MAP_SOCKMAP || map?.type === MAP_SOCKHASH);
}

function returnValue(env: Env, meta: CallMeta): number {
	const { ret } = meta.proto;
	const r0 = curReg(env, 0);
	const flags =
		(ret.orNull ? R.PTR_MAYBE_NULL : 0) |
		(ret.rdonly ? R.MEM_RDONLY : 0) |
		(ret.ringbuf ? R.MEM_RINGBUF : 0);
	const pointer = (type: number) => {
		R.setKnown(r0, 0, 0);
		r0.type = type | flags;
		return 0;
	};
	switch (ret.kind) {
		case "RET_INTEGER":
			R.setUnknown(r0);
			return 0;
		case "RET_VOID":
			r0.type = R.NOT_INIT;
			return 0;
		case "RET_PTR_TO_MAP_VALUE": {
			const map = env.maps[meta.map];
			if (!map)
				return env.fail(EINVAL, "internal/helper", "kernel subsystem misconfigured verifier");
			pointer(R.PTR_TO_MAP_VALUE);
			// An array's element at a known index within it is never null.
			if (meta.id === MAP_LOOKUP && meta.constKey >= 0 && meta.constKey < map.spec.maxEntries)
				r0.type &= ~R.PTR_MAYBE_NULL;
			r0.map = meta.map;
			r0.uid = meta.mapUid;
			if (!R.mayBeNull(r0.type) && hasField(map, "bpf_spin_lock", "bpf_res_spin_lock"))
				r0.id = ++env.idGen;
			return 0;
		}
		case "RET_PTR_TO_SOCKET":
			return pointer(R.PTR_TO_SOCKET);
		case "RET_PTR_TO_SOCK_COMMON":
			return pointer(R.PTR_TO_SOCK_COMMON);
		case "RET_PTR_TO_TCP_SOCK":
			return pointer(R.PTR_TO_TCP_SOCK);
		case "RET_PTR_TO_MEM":
			pointer(R.PTR_TO_MEM);
			r0.size = meta.memSize;
			return 0;
		case "RET_PTR_TO_MEM_OR_BTF_ID":
			return perCpuResult(env, meta, flags);
		default:
			return meta.kptr ? exchanged(env, meta.kptr) : btfResult(env, ret, flags);
	}
}

const MAX_ERRNO = 4095;
/** CPUs of the simulated kernel. */
const CPUS = 2;

/** do_refine_retval_range: what is known of some integers returned. */
function refineResult(env: Env, meta: CallMeta): number {
	if (meta.proto.ret.kind !== "RET_INTEGER") return 0;
	const r0 = curReg(env, 0);
	switch (meta.id) {
		case 67:
		case 141:
		case 45:
		case 114:
		case 115:
			r0.smaxHi = meta.maxSizeHi;
			r0.smaxLo = meta.maxSizeLo;
			r0.s32Max = meta.maxSizeLo;
			r0.sminHi = -1;
			r0.sminLo = -MAX_ERRNO;
			r0.s32Min = -MAX_ERRNO;
			syncBounds(r0);
			break;
		case 8:
			r0.umaxHi = r0.smaxHi = r0.uminHi = r0.sminHi = 0;
			r0.umaxLo = r0.smaxLo = r0.u32Max = r0.s32Max = CPUS - 1;
			r0.uminLo = r0.sminLo = r0.u32Min = r0.s32Min = 0;
			syncBounds(r0);
			break;
		default:
	}
	return sanityCheck(env, r0, "retval");
}
