import { expect, test, vi } from "vitest";
import { Random } from "../base/index.ts";
import { codeOf } from "../isa/index.ts";
import type { HashLayout } from "../machine/index.ts";
import { GuestMemory, hashKey } from "../machine/index.ts";
import { insn, programOf } from "../testing/index.ts";
import { createJit } from "./index.ts";

vi.setConfig({ testTimeout: 60000 });

const HANDLE = 0x5000;

/** A table with `count` random keys, chained as machine's HashLayout says. */
function table(memory: GuestMemory, random: Random, keySize: number, count: number) {
	const place = (size: number) => {
		const region = memory.allocate("object", "part", size);
		if (!region) throw new Error("no memory");
		return region.start;
	};
	const keyStride = (keySize + 7) & ~7;
	const layout: HashLayout = {
		keySize,
		seed: random.u32() | 0,
		buckets: place(16),
		mask: 3,
		links: place(8 * count),
		keys: place(keyStride * count),
		keyStride,
		values: place(24 * count),
		valueStride: 24,
	};
	const { u8, i32 } = memory;
	for (let node = 0; node < count; node++) {
		const key = layout.keys + node * keyStride;
		for (let i = 0; i < keySize; i++) u8[key + i] = random.u32();
		const hash = hashKey(memory, key, keySize, layout.seed);
		const bucket = (layout.buckets >> 2) + (hash & layout.mask);
		const link = (layout.links >> 2) + 2 * node;
		i32[link] = i32[bucket] ?? 0;
		i32[link + 1] = hash;
		i32[bucket] = node + 1;
	}
	return layout;
}

test("compiled lookups find every key and no other", () => {
	const random = new Random(1);
	for (let keySize = 1; keySize <= 64; keySize++) {
		const memory = new GuestMemory();
		const layout = table(memory, random, keySize, 12);
		const probe = memory.allocate("packet", "probe", 80)?.start ?? 0;
		const program = programOf(
			codeOf([
				insn(0x18, 1, 0, 0, HANDLE),
				insn(0, 0),
				insn(0x18, 2, 0, 0, probe + 3),
				insn(0, 0),
				insn(0x85, 0, 0, 0, 1),
				insn(0x95, 0),
			]),
			{ hashes: new Map([[HANDLE, layout]]) },
		);
		const runner = createJit(memory).load(program);
		const lookup = () => {
			const result = runner.run(0);
			return result.kind === "exit" ? result.lo : result.trap.message;
		};
		const seen = new Map<string, number>();
		const key = (node: number) => {
			const at = layout.keys + node * layout.keyStride;
			return memory.u8.slice(at, at + keySize);
		};
		for (let node = 0; node < 12; node++) seen.set(key(node).join(), node);
		for (const node of seen.values()) {
			memory.u8.set(key(node), probe + 3);
			expect(lookup(), `key of ${keySize} bytes`).toBe(layout.values + 24 * node);
			const at = probe + 3 + random.below(keySize);
			memory.u8[at] = (memory.u8[at] ?? 0) ^ (1 << random.below(8));
			const other = seen.get(memory.u8.slice(probe + 3, probe + 3 + keySize).join());
			expect(lookup()).toBe(other === undefined ? 0 : layout.values + 24 * other);
		}
	}
});
