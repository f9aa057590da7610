// Kernel functions beyond what the C programs of engine/testdata/cc/large compare with Linux: those that are not there, and trees.

import fc from "fast-check";
import { expect, test } from "vitest";
import { kfuncNames } from "../abi/index.ts";
import { decode } from "../isa/index.ts";
import { createJit } from "../jit/index.ts";
import { GuestMemory } from "../machine/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { createVm } from "../vm/index.ts";
import { implementedKfuncs, Kernel } from "./index.ts";
import { RedBlack } from "./redblack.ts";

const call = (id: number) =>
	Uint8Array.of(0x85, 0x20, 0, 0, id, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0);

function request(name?: string): LoadRequest {
	return {
		name: "test",
		type: 6,
		expectedAttachType: 37,
		flags: 0,
		license: "GPL",
		code: decode(call(77)),
		maps: [],
		functions: [],
		lines: [],
		attachBtfId: 0,
		...(name === undefined ? {} : { kfuncs: [{ id: 77, name }] }),
	};
}

function trapOf(engine: "vm" | "jit", name: string) {
	const kernel = new Kernel();
	const executor = engine === "vm" ? createVm(kernel.memory) : createJit(kernel.memory);
	const loading = kernel.loadProgram(request(name), executor);
	if ("failure" in loading) throw new Error(JSON.stringify(loading.failure));
	return kernel.testRun(loading.program, { data: new Uint8Array(64) }).trap;
}

test("what is implemented is a function of Linux", () => {
	const all = new Set(kfuncNames());
	expect(implementedKfuncs(new Kernel().machine).filter((name) => !all.has(name))).toEqual([]);
});

test.each(["vm", "jit"] as const)("%s: what is not there ends the run with its name", (engine) => {
	for (const name of ["bpf_crypto_encrypt", "bpf_throw", "no_such_function"])
		expect(trapOf(engine, name)?.unsupported).toBe(`kfunc ${name}`);
});

test("a call that nobody has named is not loaded", () => {
	const kernel = new Kernel();
	const loading = kernel.loadProgram(request(), createVm(kernel.memory));
	expect("failure" in loading && loading.failure.unsupported).toMatch(/kernel functions/);
});

/** Nodes of 48 bytes: 32 of the tree, then the key. */
class Forest {
	readonly memory = new GuestMemory();
	readonly tree = new RedBlack(this.memory);
	readonly start = this.memory.allocate("object", "nodes", 4096)?.start ?? 0;
	readonly root = this.memory.allocate("object", "root", 16)?.start ?? 0;

	node(i: number): number {
		return this.start + 48 * i;
	}

	key(node: number): number {
		return this.memory.data.getUint32(node + 32, true);
	}

	add(i: number, key: number): void {
		this.memory.data.setUint32(this.node(i) + 32, key, true);
		this.tree.add(this.root, this.node(i), (a, b) => this.key(a) < this.key(b));
	}

	keys(node = this.tree.top(this.root)): number[] {
		if (node === 0) return [];
		return [
			...this.keys(this.tree.left(node)),
			this.key(node),
			...this.keys(this.tree.right(node)),
		];
	}

	/** Black nodes on every path below `node`; throws when paths differ or two red nodes follow each other. */
	height(node = this.tree.top(this.root)): number {
		if (node === 0) return 1;
		const red = (n: number) => n !== 0 && this.memory.data.getUint32(n + 4, true) !== 0;
		const [left, right] = [this.tree.left(node), this.tree.right(node)];
		if (red(node) && (red(left) || red(right))) throw new Error("red below red");
		const [a, b] = [this.height(left), this.height(right)];
		if (a !== b) throw new Error(`heights ${a} and ${b}`);
		return a + (red(node) ? 0 : 1);
	}
}

test("a tree stays sorted and balanced whatever is added and removed", () => {
	const keys = fc.array(fc.nat(20), { minLength: 1, maxLength: 60 });
	fc.assert(
		fc.property(keys, fc.array(fc.nat(100), { maxLength: 80 }), (added, removed) => {
			const forest = new Forest();
			const model = new Map<number, number>();
			added.forEach((key, i) => {
				forest.add(i, key);
				model.set(i, key);
			});
			const sorted = () => [...model.values()].sort((a, b) => a - b);
			expect(forest.keys()).toEqual(sorted());
			for (const i of removed) {
				if (!model.delete(i)) continue;
				forest.tree.remove(forest.root, forest.node(i));
				forest.height();
				expect(forest.keys()).toEqual(sorted());
				const first = forest.tree.first(forest.root);
				expect(first === 0 ? undefined : forest.key(first)).toBe(sorted()[0]);
			}
		}),
	);
});
