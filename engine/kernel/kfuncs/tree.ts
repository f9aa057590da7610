// Kernel functions on red-black trees of the program's own objects.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import { RedBlack } from "../redblack.ts";
import type { Kfuncs } from "./kfunc.ts";

const ROOT_SIZE = 16;
const NODE_SIZE = 32;

export function treeKfuncs(machine: Machine): Kfuncs {
	const trees = new RedBlack(machine.memory);
	const guard = (call: HelperCall, root: number, node?: number) => {
		machine.guard(call, root, ROOT_SIZE, true);
		if (node !== undefined) machine.guard(call, node, NODE_SIZE, true);
	};
	const inside = (r1: number, r2: number) => trees.owner(r2 >>> 0) === r1 >>> 0;
	return {
		bpf_rbtree_add_impl: [
			5,
			(call, r1, _h1, r2, _h2, r3) => {
				guard(call, r1, r2);
				if (trees.owner(r2 >>> 0) !== 0) {
					machine.objects.dropAround(r2 >>> 0);
					return -errno.EINVAL;
				}
				trees.add(
					r1 >>> 0,
					r2 >>> 0,
					(node, other) => (call.callback(r3, node, other, 0, 0, 0) & 0xff) !== 0,
				);
				return 0;
			},
		],
		bpf_rbtree_remove: [
			2,
			(call, r1, _h1, r2) => {
				guard(call, r1, r2);
				if (!inside(r1, r2)) return 0;
				trees.remove(r1 >>> 0, r2 >>> 0);
				return r2;
			},
		],
		bpf_rbtree_first: [
			1,
			(call, r1) => {
				guard(call, r1);
				return trees.first(r1 >>> 0);
			},
		],
		bpf_rbtree_root: [
			1,
			(call, r1) => {
				guard(call, r1);
				return trees.top(r1 >>> 0);
			},
		],
		bpf_rbtree_left: [
			2,
			(call, r1, _h1, r2) => {
				guard(call, r1, r2);
				return inside(r1, r2) ? trees.left(r2 >>> 0) : 0;
			},
		],
		bpf_rbtree_right: [
			2,
			(call, r1, _h1, r2) => {
				guard(call, r1, r2);
				return inside(r1, r2) ? trees.right(r2 >>> 0) : 0;
			},
		],
	};
}
