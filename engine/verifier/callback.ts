// Functions of the program that a helper calls before it returns (push_callback_call of the kernel): their body is
// walked as often as it takes for the state to settle.

import { checkStatic, enterFunction } from "./call.ts";
import { DYNPTR_LOCAL, setDynptr } from "./dynslots.ts";
import type { Env, Subprog } from "./env.ts";
import { curReg, E2BIG, ENOTSUPP } from "./env.ts";
import { kernelStruct } from "./kfuncs.ts";
import {
	MAP_ARRAY,
	MAP_HASH,
	MAP_LRU_HASH,
	MAP_LRU_PERCPU_HASH,
	MAP_PERCPU_ARRAY,
	MAP_PERCPU_HASH,
} from "./maps.ts";
import type { CallMeta } from "./meta.ts";
import { pushBranch } from "./paths.ts";
import type { Precision } from "./precision.ts";
import {
	copyReg,
	isNull,
	PTR_TO_BTF_ID,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	type Reg,
	setKnown,
	setNotInit,
	setUnknown,
	umaxNumber,
} from "./reg.ts";
import type { StackTools } from "./stack.ts";
import type { Frame } from "./state.ts";
import { frameOf, regOf, topFrame } from "./state.ts";

type Fill = (caller: Frame, callee: Frame) => number;

/** Queues a visit of function `subprog`, called by the helper at the current instruction. */
function pushCallback(env: Env, tools: StackTools, subprog: number, fill: Fill): number {
	const callee = env.subprogs[subprog] as Subprog;
	checkStatic(env, tools, callee);
	callee.isCallback = true;
	const caller = topFrame(env.cur);
	const state = pushBranch(env, callee.start, env.pc);
	if (!state) return -E2BIG;
	const error = enterFunction(env, state, subprog, env.pc, fill);
	if (error < 0) return error;
	state.callbackUnrollDepth++;
	frameOf(state, state.curframe - 1).callbackDepth++;
	caller.callbackDepth = 0;
	return 0;
}

/** bpf_rbtree_add(root, node, less): less(a, b), with two nodes of the tree. */
export function treeCall(
	env: Env,
	tools: StackTools,
	subprog: number,
	setNode: (reg: Reg) => void,
): number {
	return pushCallback(env, tools, subprog, (_, callee) => {
		for (let i = 1; i <= 2; i++) setNode(regOf(callee, i));
		for (let i = 3; i <= 5; i++) setNotInit(regOf(callee, i));
		isCallbackFrame(callee);
		return 0;
	});
}

function isCallbackFrame(callee: Frame): void {
	callee.inCallback = true;
	callee.retMin = 0;
	callee.retMax = 1;
}

/** update_loop_inline_state: a call with the same callback and no flags every time is inlined. */
function rememberInline(env: Env, precision: Precision, subprog: number): number {
	const { inlineLoop, helperMap } = env.facts;
	const before = inlineLoop[env.pc] as number;
	if (before === 2) return 0;
	const plain = isNull(curReg(env, 4));
	if (plain) {
		const error = precision.markReg(4);
		if (error < 0) return error;
	}
	const same = before === 0 || helperMap[env.pc] === subprog;
	helperMap[env.pc] = subprog;
	inlineLoop[env.pc] = plain && same ? 1 : 2;
	return 0;
}

/** bpf_loop(count, callback, context, flags): callback(index, context). */
export function loopCall(env: Env, tools: StackTools, meta: CallMeta): number {
	const { precision } = tools;
	const inline = rememberInline(env, precision, meta.subprog);
	if (inline < 0) return inline;
	const error = precision.markReg(1);
	if (error < 0) return error;
	const frame = topFrame(env.cur);
	if (frame.callbackDepth >= umaxNumber(curReg(env, 1))) {
		frame.callbackDepth = 0;
		if (env.log?.all) env.log.write(`frame${env.cur.curframe} bpf_loop iteration limit reached\n`);
		return 0;
	}
	return pushCallback(env, tools, meta.subprog, (caller, callee) => {
		setUnknown(regOf(callee, 1));
		copyReg(regOf(callee, 2), regOf(caller, 3));
		for (let i = 3; i <= 5; i++) setNotInit(regOf(callee, i));
		isCallbackFrame(callee);
		return 0;
	});
}

const walkable = new Set([
	MAP_HASH,
	MAP_ARRAY,
	MAP_PERCPU_HASH,
	MAP_PERCPU_ARRAY,
	MAP_LRU_HASH,
	MAP_LRU_PERCPU_HASH,
]);

/** bpf_for_each_map_elem(map, callback, context, flags): callback(map, key, value, context). */
export function forEachCall(env: Env, tools: StackTools, meta: CallMeta): number {
	const map = env.maps[meta.map];
	return pushCallback(env, tools, meta.subprog, (caller, callee) => {
		if (!map || !walkable.has(map.type))
			return env.fail(ENOTSUPP, "helper/map-type", "callback function not allowed for map");
		const of = regOf(caller, 1);
		copyReg(regOf(callee, 1), of);
		for (const [index, type] of [
			[2, PTR_TO_MAP_KEY],
			[3, PTR_TO_MAP_VALUE],
		] as const) {
			const reg = regOf(callee, index);
			setKnown(reg, 0, 0);
			reg.type = type;
			reg.map = of.map;
			reg.uid = of.uid;
		}
		copyReg(regOf(callee, 4), regOf(caller, 3));
		setNotInit(regOf(callee, 5));
		isCallbackFrame(callee);
		return 0;
	});
}

/** bpf_user_ringbuf_drain(map, callback, context, flags): callback(dynptr, context). */
export function drainCall(env: Env, tools: StackTools, meta: CallMeta): number {
	return pushCallback(env, tools, meta.subprog, (caller, callee) => {
		setDynptr(regOf(callee, 1), DYNPTR_LOCAL, true, ++env.idGen);
		copyReg(regOf(callee, 2), regOf(caller, 3));
		for (let i = 3; i <= 5; i++) setNotInit(regOf(callee, i));
		isCallbackFrame(callee);
		return 0;
	});
}

/** bpf_find_vma(task, address, callback, context, flags): callback(task, vma, context). */
export function vmaCall(env: Env, tools: StackTools, meta: CallMeta): number {
	const vma = kernelStruct(env, "vm_area_struct");
	if (vma === 0) return env.giveUp("bpf_find_vma without a kernel's BTF");
	return pushCallback(env, tools, meta.subprog, (caller, callee) => {
		copyReg(regOf(callee, 1), regOf(caller, 1));
		const area = regOf(callee, 2);
		setKnown(area, 0, 0);
		area.type = PTR_TO_BTF_ID;
		area.btf = vma;
		copyReg(regOf(callee, 3), regOf(caller, 4));
		for (let i = 4; i <= 5; i++) setNotInit(regOf(callee, i));
		isCallbackFrame(callee);
		return 0;
	});
}
