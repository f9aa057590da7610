// Lookup in a hash map as a function of the module, made for the map's key size, layout and seed.

import type { HashLayout } from "../machine/index.ts";
import { HASH_FACTORS } from "../machine/index.ts";
import { Body } from "./wasm/body.ts";
import { I32, OP } from "./wasm/opcode.ts";

/** Larger keys are left to the helper: the function unrolls over the key. */
export const LARGEST_KEY = 64;

const KEY = 0;
const LOAD8 = 0x2d;
const XOR32 = 0x73;

/** (key address) -> value address, 0 when the key is not there. */
export function hashLookup(layout: HashLayout): Body {
	const body = new Body(1);
	const hash = body.local(I32);
	const node = body.local(I32);
	const link = body.local(I32);
	pushHash(body, layout, hash);
	body.get(hash);
	body.const32(layout.mask);
	body.op(OP.and32);
	body.const32(2);
	body.op(OP.shl32);
	body.memory(OP.load32, layout.buckets);
	body.set(node);
	body.open(OP.loop);
	body.get(node);
	body.op(OP.eqz32);
	body.open(OP.if);
	body.const32(0);
	body.op(OP.return);
	body.op(OP.end);
	body.get(node);
	body.const32(3);
	body.op(OP.shl32);
	body.tee(link);
	body.memory(OP.load32, layout.links - 8 + 4);
	body.get(hash);
	body.op(0x46);
	body.open(OP.if);
	compareKey(body, layout, node);
	body.op(OP.end);
	body.get(link);
	body.memory(OP.load32, layout.links - 8);
	body.set(node);
	body.branch(OP.br, 0);
	body.op(OP.end);
	body.op(OP.unreachable);
	return body;
}

/** Computes hashKey of the key into `hash`. */
function pushHash(body: Body, { keySize, seed }: HashLayout, hash: number): void {
	const fold = (shift: number) => {
		body.tee(hash);
		body.get(hash);
		body.const32(shift);
		body.op(OP.shru32);
		body.op(XOR32);
	};
	const mix = (factor: number) => {
		body.const32(factor);
		body.op(OP.mul32);
	};
	body.const32(seed ^ Math.imul(keySize, HASH_FACTORS.size));
	let at = 0;
	for (; at + 4 <= keySize; at += 4) {
		body.get(KEY);
		body.memory(OP.load32, at);
		body.op(XOR32);
		mix(HASH_FACTORS.word);
		fold(13);
	}
	for (; at < keySize; at++) {
		body.get(KEY);
		body.memory(LOAD8, at);
		body.op(XOR32);
		mix(HASH_FACTORS.byte);
	}
	fold(16);
	mix(HASH_FACTORS.last);
	fold(15);
	body.set(hash);
}

/** Returns the node's value when its key is the one sought; falls through when not. */
function compareKey(body: Body, layout: HashLayout, node: number): void {
	const { keySize, keyStride, keys, values, valueStride } = layout;
	const own = body.local(I32);
	body.get(node);
	body.const32(keyStride);
	body.op(OP.mul32);
	body.set(own);
	const base = keys - keyStride;
	let first = true;
	const differ = (load: number, at: number, wide: boolean) => {
		body.get(KEY);
		body.memory(load, at);
		body.get(own);
		body.memory(load, base + at);
		body.op(wide ? OP.ne64 : OP.ne32);
		if (!first) body.op(OP.or32);
		first = false;
	};
	let at = 0;
	for (; at + 8 <= keySize; at += 8) differ(OP.load64, at, true);
	if (at + 4 <= keySize) {
		differ(OP.load32, at, false);
		at += 4;
	}
	for (; at < keySize; at++) differ(LOAD8, at, false);
	body.op(OP.eqz32);
	body.open(OP.if);
	body.get(node);
	body.const32(valueStride);
	body.op(OP.mul32);
	body.const32(values - valueStride);
	body.op(OP.add32);
	body.op(OP.return);
	body.op(OP.end);
}
