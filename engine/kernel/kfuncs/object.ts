// Kernel functions on objects of the program's own, and the lists they are linked into. Heads and nodes are words that only the
// kernel looks into; zero means that they were never used:
//
//   head: u64 first, u64 last        node: u64 next, u64 previous, u64 owner

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import type { Kfuncs } from "./kfunc.ts";

const NEXT = 0;
const PREVIOUS = 8;
const OWNER = 16;

export function objectKfuncs(machine: Machine): Kfuncs {
	return { ...allocationKfuncs(machine), ...listKfuncs(machine) };
}

function allocationKfuncs(machine: Machine): Kfuncs {
	const { objects } = machine;
	const gone = (call: HelperCall, address: number) =>
		call.fail(`0x${(address >>> 0).toString(16)} is not an object`);
	return {
		bpf_obj_new_impl: [
			2,
			(call, r1) => {
				const size = machine.running.sizeOf(r1);
				if (size === undefined) return call.fail(`type ${r1} has no size in the program's BTF`);
				return objects.allocate("object", size);
			},
		],
		bpf_obj_drop_impl: [2, (call, r1) => (objects.drop(r1 >>> 0) ? 0 : gone(call, r1))],
		bpf_refcount_acquire_impl: [2, (call, r1) => (objects.acquire(r1 >>> 0) ? r1 : gone(call, r1))],
	};
}

function listKfuncs(machine: Machine): Kfuncs {
	const { memory, objects } = machine;
	const get = (at: number) => memory.data.getUint32(at, true);
	const set = (at: number, value: number) => memory.data.setUint32(at, value, true);
	const link = (before: number, after: number) => {
		set(before + NEXT, after);
		set(after + PREVIOUS, before);
	};
	const first = (head: number) => {
		if (get(head) === 0) link(head, head);
	};
	const push = (call: HelperCall, r1: number, r2: number, atEnd: boolean) => {
		machine.guard(call, r1, 16, true);
		machine.guard(call, r2, 24, true);
		const [head, node] = [r1 >>> 0, r2 >>> 0];
		first(head);
		if (get(node + OWNER) !== 0) {
			objects.dropAround(node);
			return -errno.EINVAL;
		}
		const before = atEnd ? get(head + PREVIOUS) : head;
		const after = get(before + NEXT);
		link(before, node);
		link(node, after);
		set(node + OWNER, head);
		return 0;
	};
	const end = (call: HelperCall, r1: number, atEnd: boolean) => {
		machine.guard(call, r1, 16, true);
		const head = r1 >>> 0;
		first(head);
		const node = get(head + (atEnd ? PREVIOUS : NEXT));
		return node === head ? 0 : node;
	};
	const pop = (call: HelperCall, r1: number, atEnd: boolean) => {
		const node = end(call, r1, atEnd);
		if (node === 0) return 0;
		link(get(node + PREVIOUS), get(node + NEXT));
		link(node, node);
		set(node + OWNER, 0);
		return node;
	};
	return {
		bpf_list_push_front_impl: [4, (call, r1, _h1, r2) => push(call, r1, r2, false)],
		bpf_list_push_back_impl: [4, (call, r1, _h1, r2) => push(call, r1, r2, true)],
		bpf_list_pop_front: [1, (call, r1) => pop(call, r1, false)],
		bpf_list_pop_back: [1, (call, r1) => pop(call, r1, true)],
		bpf_list_front: [1, (call, r1) => end(call, r1, false)],
		bpf_list_back: [1, (call, r1) => end(call, r1, true)],
	};
}
