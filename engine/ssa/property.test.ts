// Random functions: what the interpreter makes of them must be the same before and after every pass.

import { expect, test } from "vitest";
import { Random } from "../base/index.ts";
import {
	addIncoming,
	type Block,
	Builder,
	type Ending,
	type Func,
	interpret,
	type Module,
	type Node,
	newFunction,
	newModule,
	optimise,
	parseSsa,
	print,
	type Size,
	validate,
} from "./index.ts";
import { binaryOps, predicates } from "./operators.ts";
import { passes } from "./passes.ts";

const numbers = [
	0n,
	1n,
	2n,
	3n,
	4n,
	7n,
	8n,
	10n,
	15n,
	16n,
	24n,
	31n,
	32n,
	63n,
	100n,
	127n,
	128n,
	255n,
	256n,
	65535n,
	65280n,
	0x7fffffffn,
	0x80000000n,
	0xffffffffn,
	-1n,
	-2n,
	-8n,
	-128n,
	1n << 40n,
	-(1n << 63n),
];

/** A function under construction: values at hand by type, and memory that may be used. */
class Maker {
	readonly random: Random;
	readonly b: Builder;
	readonly module: Module;
	readonly boxes: { readonly node: Node; readonly size: number }[] = [];
	i32: Node[] = [];
	i64: Node[] = [];
	private budget: number;

	constructor(random: Random, module: Module, func: Func, budget: number) {
		this.random = random;
		this.module = module;
		this.b = new Builder(func, undefined);
		this.budget = budget;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.random.below(list.length)] as T;
	}

	value(type: "i32" | "i64"): Node {
		const list = this[type];
		if (list.length === 0 || this.random.below(4) === 0)
			return this.b.const(type, this.pick(numbers));
		return this.random.below(2) === 0 ? this.pick(list.slice(-4)) : this.pick(list);
	}

	keep(node: Node): void {
		if (node.type === "i32") this.i32.push(node);
		else if (node.type === "i64") this.i64.push(node);
	}

	place(): { pointer: Node; room: number } {
		const box = this.pick(this.boxes);
		const kind = this.random.below(6);
		const slots = box.size / 8;
		if (kind === 0 && slots >= 4) {
			const index = this.b.binary("and", this.value("i64"), this.b.i64(3));
			const bytes = this.b.binary("shl", index, this.b.i64(3));
			return { pointer: this.b.ptradd(box.node, bytes), room: 8 };
		}
		const offset =
			this.random.below(3) === 0 ? this.random.below(box.size) : 8 * this.random.below(slots);
		return {
			pointer: offset === 0 ? box.node : this.b.ptradd(box.node, offset),
			room: box.size - offset,
		};
	}

	size(room: number): Size {
		return this.pick(([1, 2, 4, 8] as const).filter((s) => s <= room));
	}

	statement(): void {
		this.budget--;
		const type = this.random.below(2) === 0 ? "i32" : "i64";
		switch (this.random.below(18)) {
			case 0:
			case 1:
			case 2:
			case 3:
			case 4:
				this.keep(this.b.binary(this.pick(binaryOps), this.value(type), this.value(type)));
				break;
			case 5:
				this.keep(this.b.icmp(this.pick(predicates), this.value(type), this.value(type)));
				break;
			case 6:
				this.convert();
				break;
			case 7:
			case 8: {
				const { pointer, room } = this.place();
				const size = this.size(room);
				const value = this.value(size === 8 ? "i64" : type);
				this.b.store(size, pointer, value, { volatile: this.random.below(20) === 0 });
				break;
			}
			case 9:
			case 10: {
				const { pointer, room } = this.place();
				const size = this.size(room);
				const options = {
					signed: this.random.below(2) === 0,
					volatile: this.random.below(20) === 0,
				};
				this.keep(this.b.load(size === 8 ? "i64" : type, size, pointer, options));
				break;
			}
			case 11:
				this.copy();
				break;
			case 12:
				this.keep(this.b.select(this.condition(), this.value(type), this.value(type)));
				break;
			case 13:
				this.call();
				break;
			case 14:
				this.branch();
				break;
			case 15:
				this.loop();
				break;
			case 16:
				this.choose();
				break;
			default: {
				const { pointer, room } = this.place();
				if (room < 8) break;
				this.keep(
					this.b.atomic(
						this.pick(["add", "xor", "xchg"] as const),
						8,
						true,
						pointer,
						this.value("i64"),
					),
				);
			}
		}
	}

	convert(): void {
		this.keep(this.conversion());
	}

	conversion(): Node {
		const bits = this.pick([8, 16, 32] as const);
		const { b } = this;
		switch (this.random.below(6)) {
			case 0:
				return b.zext(this.value("i32"));
			case 1:
				return b.trunc(this.value("i64"));
			case 2:
				return b.sext("i64", bits, this.value(bits === 32 ? "i32" : "i64"));
			case 3:
				return b.sext("i32", this.pick([8, 16] as const), this.value("i32"));
			case 4:
				return b.bswap(this.pick([16, 32, 64] as const), this.value("i64"));
			default:
				return b.bswap(16, this.value("i32"));
		}
	}

	condition(): Node {
		return this.random.below(5) === 0
			? this.value("i32")
			: this.b.icmp(this.pick(predicates), this.value("i64"), this.value("i64"));
	}

	copy(): void {
		const to = this.place();
		const from = this.place();
		const size = 1 + this.random.below(Math.min(to.room, from.room, 32));
		if (this.random.below(2) === 0)
			this.b.memset(
				to.pointer,
				this.random.below(3) === 0 ? this.value("i32") : this.pick([0, 255, 7]),
				size,
			);
		else this.b.memcpy(to.pointer, from.pointer, size, 1, true);
	}

	call(): void {
		const known = this.module.functions.filter((f) => f !== this.b.func && f.blocks.length > 0);
		if (known.length > 0 && this.random.below(2) === 0) {
			const target = this.pick(known);
			const args = target.params.map((t) =>
				t === "ptr" ? this.pick(this.boxes).node : this.value(t),
			);
			this.keep(this.b.callFunction(target.name, args, target.returns));
			return;
		}
		const box = this.pick(this.boxes);
		this.keep(this.b.callHelper(1 + this.random.below(2), [box.node, this.value("i64")]));
	}

	/** Runs `make` for its statements; values made inside are forgotten afterwards. */
	scope(make: () => void): Block | undefined {
		const [i32, i64] = [this.i32.slice(), this.i64.slice()];
		make();
		[this.i32, this.i64] = [i32, i64];
		return this.b.block;
	}

	some(): void {
		const count = 1 + this.random.below(4);
		for (let i = 0; i < count && this.budget > 0 && this.b.open; i++) this.statement();
	}

	branch(): void {
		const { b } = this;
		const [then, otherwise, after] = [b.newBlock(), b.newBlock(), b.newBlock()];
		const type = this.random.below(2) === 0 ? ("i32" as const) : ("i64" as const);
		b.condbr(this.condition(), then, otherwise);
		const incoming: { from: Block; value: Node }[] = [];
		for (const block of [then, otherwise]) {
			b.at(block);
			this.scope(() => {
				this.some();
				if (!b.open) return;
				if (this.random.below(8) === 0) b.ret(this.value("i64"));
				else if (b.block) {
					incoming.push({ from: b.block, value: this.value(type) });
					b.br(after);
				}
			});
		}
		b.at(after);
		const phi = b.phi(type);
		for (const { from, value } of incoming) addIncoming(phi, from, value);
		if (incoming.length > 0) this.keep(phi);
		else {
			after.phis = [];
			b.unreachable();
		}
	}

	loop(): void {
		const { b, random } = this;
		const before = b.block;
		if (!before) return;
		const [head, body, after] = [b.newBlock(), b.newBlock(), b.newBlock()];
		const start = this.value("i64");
		b.br(head);
		b.at(head);
		const counter = b.phi("i32");
		const carried = b.phi("i64");
		addIncoming(counter, before, b.i32(0));
		addIncoming(carried, before, start);
		const bottom = random.below(3) === 0;
		const turns = 1 + random.below(6);
		if (bottom) b.br(body);
		else b.condbr(b.icmp("slt", counter, b.i32(turns)), body, after);
		b.at(body);
		const inside = this.scope(() => {
			this.keep(counter);
			this.keep(carried);
			this.some();
		});
		const last = inside ?? b.newBlock();
		b.at(last);
		const next = b.binary("add", counter, b.i32(1));
		const value = b.binary("xor", carried, b.zext(next));
		addIncoming(counter, last, next);
		addIncoming(carried, last, value);
		if (random.below(5) === 0) head.unroll = this.pick(["full", "none"] as const);
		if (bottom) b.condbr(b.icmp("ult", next, b.i32(turns)), head, after);
		else b.br(head);
		b.at(after);
		this.keep(bottom ? value : carried);
		this.keep(bottom ? next : counter);
	}

	choose(): void {
		const { b } = this;
		const after = b.newBlock();
		const count = 1 + this.random.below(5);
		const blocks = Array.from({ length: count }, () => b.newBlock());
		const otherwise = this.random.below(2) === 0 ? after : b.newBlock();
		const value = b.binary("and", this.value("i64"), b.i64(31));
		let low = 0n;
		const cases = Array.from({ length: count + 1 }, () => {
			low += BigInt(this.random.below(4));
			const high = low + BigInt(this.random.below(3));
			const made = { low, high, target: this.pick(blocks) };
			low = high + 1n;
			return made;
		});
		const from = b.block;
		b.switch(value, cases, otherwise);
		const incoming: { from: Block; value: Node }[] = [];
		if (otherwise === after && from) incoming.push({ from, value: b.i64(77) });
		const reached = blocks.filter((block) => cases.some((c) => c.target === block));
		for (const block of otherwise === after ? blocks : [...blocks, otherwise]) {
			b.at(block);
			this.scope(() => {
				if (reached.includes(block) || block === otherwise) this.some();
				if (!b.block) return;
				incoming.push({ from: b.block, value: this.value("i64") });
				b.br(after);
			});
		}
		b.at(after);
		const phi = b.phi("i64");
		for (const { from: f, value: v } of incoming) addIncoming(phi, f, v);
		if (incoming.length > 0) this.keep(phi);
		else after.phis = [];
	}
}

function makeFunction(module: Module, random: Random, name: string, budget: number): void {
	const main = name === "f";
	const func = newFunction(module, name, main ? ["i64", "i32"] : ["i64", "ptr"], "i64", {
		linkage: main ? "global" : "static",
		inline: main
			? "may"
			: random.below(3) === 0
				? "never"
				: random.below(2) === 0
					? "always"
					: "may",
	});
	const maker = new Maker(random, module, func, budget);
	const { b } = maker;
	b.at(b.newBlock());
	for (let i = 1 + random.below(4); i > 0; i--) {
		const size = 8 * (1 + random.below(5));
		const node = b.alloca(size, 8);
		b.memset(node, 0, size, 8);
		maker.boxes.push({ node, size });
	}
	maker.boxes.push({ node: b.global("g"), size: 32 });
	maker.i64.push(b.param(0));
	if (main) maker.i32.push(b.param(1));
	else maker.boxes.push({ node: b.param(1), size: 8 });
	for (let i = 0; i < 12 && b.open; i++) maker.some();
	if (!b.open) return;
	let sum: Node = maker.value("i64");
	for (const node of maker.i64.slice(-3)) sum = b.binary("add", sum, node);
	for (const box of maker.boxes)
		sum = b.binary("xor", sum, b.load("i64", 8, box.node, { align: 8 }));
	b.ret(sum);
}

/** A module with `f(i64, i32)` and perhaps other functions; the same for the same seed. */
function makeModule(seed: number): Module {
	const random = new Random(seed);
	const module = newModule();
	const bytes = Uint8Array.from({ length: 32 }, (_, i) => (i * 37) & 255);
	module.globals.push({
		name: "g",
		section: ".data",
		linkage: "global",
		size: 32,
		align: 8,
		constant: false,
		bytes,
		addresses: [],
	});
	for (const name of ["a", "b"]) if (random.below(2) === 0) makeFunction(module, random, name, 12);
	makeFunction(module, random, "f", 30);
	return module;
}

const inputs: readonly (readonly [bigint, bigint])[] = [
	[0n, 0n],
	[5n, -3n],
	[-1n, 1n << 31n],
	[0x123456789abcdefn, 77n],
];

function run(module: Module): string {
	return inputs
		.map((args) => {
			const calls: string[] = [];
			const end: Ending = interpret(module, "f", args, {
				steps: 200_000,
				helper(id, [pointer = 0n, value = 0n], memory) {
					const old = memory.read(pointer, 8) ?? -1n;
					calls.push(`${id}:${old}:${value}`);
					if (id === 2) memory.write(pointer, 8, old * 31n + value);
					return BigInt.asIntN(64, old + value);
				},
			});
			return `${end.fault ?? end.value} ${calls.join(" ")}`;
		})
		.join("\n");
}

function fresh(text: string): Module {
	const { value, diagnostics } = parseSsa(text);
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

/** Whether the function ends, so that it could be compared. */
function check(seed: number): boolean {
	const text = print(makeModule(seed));
	if (process.env["SSA_PRINT"]) console.log(text);
	const source = fresh(text);
	expect(validate(source), `seed ${seed}`).toEqual([]);
	expect(print(source)).toBe(text);
	const want = run(source);
	if (want.includes("too many steps")) return false;
	for (const [name, pass] of Object.entries(passes)) {
		const module = fresh(text);
		for (const func of module.functions) if (func.blocks.length > 0) pass(func, module);
		expect(validate(module), `${name}, seed ${seed}`).toEqual([]);
		expect(run(module), `${name}, seed ${seed}`).toBe(want);
	}
	for (const level of [0, 1, 2] as const) {
		const module = fresh(text);
		optimise(module, { level, cpu: 3 });
		expect(validate(module), `level ${level}, seed ${seed}`).toEqual([]);
		expect(run(module), `level ${level}, seed ${seed}`).toBe(want);
	}
	return true;
}

test("passes keep what random functions do", () => {
	const first = Number(process.env["SSA_FIRST"] ?? 1);
	const count = Number(process.env["SSA_RUNS"] ?? 40);
	let compared = 0;
	for (let seed = first; seed < first + count; seed++) if (check(seed)) compared++;
	expect(compared).toBeGreaterThan(count / 2);
});
