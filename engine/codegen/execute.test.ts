// Random SSA functions with many live values, loops, calls and memory: the generated code, run in the checked interpreter, does what
// the reference interpreter says.
import { afterAll, expect, test } from "vitest";
import { Random } from "../base/index.ts";
import { decode } from "../isa/index.ts";
import type { HelperTable } from "../machine/index.ts";
import { interpret, parseSsa, validate } from "../ssa/index.ts";
import { Linux, newGuest, packetBytes, programOf, setPacket } from "../testing/index.ts";
import { createVm } from "../vm/index.ts";
import { generate } from "./index.ts";

const PACKET = 64;

interface Value {
	readonly text: string;
	readonly type: "i32" | "i64";
}

class Writer {
	readonly #random: Random;
	readonly #cpu: number;
	#lines: string[] = [];
	#id = 0;
	#block = 0;
	#name = "bb0";
	#budget: number;
	#callable: { name: string; params: string[] }[] = [];
	#allocas: string[] = [];
	#pointer: string | undefined;

	/** Where the functions go, and whether they call helpers, which only the test knows. */
	readonly #section: string;
	readonly #helpers: boolean;

	constructor(random: Random, cpu: number, budget: number, section = ".text", helpers = true) {
		this.#random = random;
		this.#cpu = cpu;
		this.#budget = budget;
		this.#section = section;
		this.#helpers = helpers;
	}

	#pick<T>(list: readonly T[]): T {
		return list[this.#random.below(list.length)] as T;
	}

	#emit(text: string): string {
		const id = `%${++this.#id}`;
		this.#lines.push(`  ${id} = ${text}`);
		return id;
	}

	#newBlock(): string {
		return `bb${++this.#block}`;
	}

	#start(name: string): void {
		this.#lines.push(`${name}:`);
		this.#name = name;
	}

	module(): string {
		const out: string[] = [];
		const subs = this.#random.below(3);
		for (let at = 0; at < subs; at++) {
			const params = Array.from({ length: 1 + this.#random.below(5) }, () =>
				this.#pick(["i32", "i64"]),
			);
			out.push(this.#func(`f${at}`, params, false));
			this.#callable.push({ name: `f${at}`, params });
		}
		return [this.#func("main", ["ptr"], true), ...out].join("\n");
	}

	#func(name: string, params: string[], main: boolean): string {
		this.#lines = [];
		this.#id = 0;
		this.#block = 0;
		this.#start("bb0");
		this.#pointer = main ? "$0" : undefined;
		this.#allocas = [];
		const budget = this.#budget;
		if (!main) this.#budget = Math.min(budget, 20);
		for (let at = this.#random.below(3); at > 0; at--) {
			const slot = this.#emit("alloca 16 align 8");
			this.#allocas.push(slot);
			for (const off of [0, 8])
				this.#lines.push(
					`  store u64 align 8 ${this.#at(slot, off)}, ${this.#constant("i64").text}`,
				);
		}
		let scope: Value[] = main
			? []
			: params.map((type, at) => ({ text: `$${at}`, type: type as "i32" | "i64" }));
		if (main) for (let at = 0; at < 1 + this.#random.below(14); at++) scope.push(this.#load(scope));
		scope = this.#body(scope, 3);
		const result = this.#mix(scope);
		this.#lines.push(`  ret ${result}`);
		this.#budget = main ? budget : budget;
		return `func @${name} (${params.join(", ")}) i64 "${this.#section}" static inline=never {\n${this.#lines.join("\n")}\n}`;
	}

	/** All values in one, so that many are alive at the end. */
	#mix(scope: readonly Value[]): string {
		let sum = "0L";
		for (const v of scope) {
			const wide = v.type === "i64" ? v.text : this.#emit(`zext ${v.text}`);
			const times = this.#emit(`mul i64 ${sum}, 31L`);
			sum = this.#emit(`add i64 ${times}, ${wide}`);
		}
		return sum;
	}

	#at(base: string, off: number): string {
		return off === 0 ? base : this.#emit(`ptradd ${base}, ${off}L`);
	}

	#constant(type: "i32" | "i64"): Value {
		const kind = this.#random.below(4);
		const word = this.#random.u32();
		if (type === "i32") return { type, text: `${kind < 2 ? word % 100 : word | 0}` };
		if (kind < 2) return { type, text: `${(word % 200) - 100}L` };
		const wide = BigInt.asIntN(64, (BigInt(this.#random.u32()) << 32n) | BigInt(word));
		return { type, text: `${kind === 2 ? BigInt.asIntN(34, wide) : wide}L` };
	}

	#value(scope: readonly Value[], type: "i32" | "i64", constants = true): Value {
		const fit = scope.filter((v) => v.type === type);
		if (fit.length > 0 && (!constants || this.#random.below(5) > 0)) return this.#pick(fit);
		if (fit.length === 0 && !constants && scope.length > 0) {
			const v = this.#pick(scope);
			return { type, text: this.#emit(type === "i64" ? `zext ${v.text}` : `trunc ${v.text}`) };
		}
		return this.#constant(type);
	}

	#memory(size: number): string {
		const base = this.#pick([...this.#allocas, ...(this.#pointer ? [this.#pointer] : [])]);
		const room = base === this.#pointer ? PACKET : 16;
		return this.#at(base, this.#random.below(room / size) * size);
	}

	#load(scope: readonly Value[]): Value {
		if (this.#allocas.length === 0 && !this.#pointer) return this.#value(scope, "i64");
		const type = this.#pick(["i32", "i64"] as const);
		const size = this.#pick(type === "i32" ? [1, 2, 4] : [1, 2, 4, 8]);
		const sign = this.#pick(["u", "u", "s"]);
		return {
			type,
			text: this.#emit(`load ${type} ${sign}${size * 8} align ${size} ${this.#memory(size)}`),
		};
	}

	#body(start: readonly Value[], depth: number): Value[] {
		let scope = [...start];
		for (let n = 2 + this.#random.below(10); n > 0 && this.#budget > 0; n--) {
			this.#budget--;
			scope = this.#statement(scope, depth);
		}
		return scope;
	}

	#statement(scope: Value[], depth: number): Value[] {
		const kind = this.#random.below(depth > 0 ? 26 : 20);
		if (kind < 8) return [...scope, this.#binary(scope)];
		if (kind < 10) return [...scope, this.#convert(scope)];
		if (kind < 12) return [...scope, this.#choice(scope)];
		if (kind < 14) return [...scope, this.#load(scope)];
		if (kind < 16) return this.#store(scope);
		if (kind < 20) return [...scope, this.#call(scope)];
		if (kind < 22) return this.#branch(scope, depth);
		if (kind < 25) return this.#loop(scope, depth);
		return this.#switch(scope, depth);
	}

	#binary(scope: readonly Value[]): Value {
		const type = this.#pick(["i32", "i64"] as const);
		const ops = ["add", "sub", "mul", "udiv", "urem", "and", "or", "xor", "shl", "lshr", "ashr"];
		if (this.#cpu >= 4) ops.push("sdiv", "srem");
		const op = this.#pick(ops);
		let b = this.#value(scope, type).text;
		if (/sh/.test(op) && this.#random.below(2))
			b = `${this.#random.below(type === "i32" ? 32 : 64)}${type === "i64" ? "L" : ""}`;
		return { type, text: this.#emit(`${op} ${type} ${this.#value(scope, type).text}, ${b}`) };
	}

	#convert(scope: readonly Value[]): Value {
		switch (this.#random.below(5)) {
			case 0:
				return { type: "i64", text: this.#emit(`zext ${this.#value(scope, "i32", false).text}`) };
			case 1:
				return { type: "i32", text: this.#emit(`trunc ${this.#value(scope, "i64", false).text}`) };
			case 2: {
				const from = this.#value(scope, this.#pick(["i32", "i64"]), false);
				return {
					type: "i64",
					text: this.#emit(`sext i64 ${this.#pick([8, 16, 32])} ${from.text}`),
				};
			}
			case 3:
				return {
					type: "i32",
					text: this.#emit(
						`sext i32 ${this.#pick([8, 16])} ${this.#value(scope, "i32", false).text}`,
					),
				};
			default:
				return {
					type: "i64",
					text: this.#emit(
						`bswap i64 ${this.#pick([16, 32, 64])} ${this.#value(scope, "i64", false).text}`,
					),
				};
		}
	}

	#condition(scope: readonly Value[]): string {
		const type = this.#pick(["i32", "i64"] as const);
		const p = this.#pick(["eq", "ne", "ult", "ule", "ugt", "uge", "slt", "sle", "sgt", "sge"]);
		const zero = type === "i32" ? "0" : "0L";
		if (this.#random.below(4) === 0) {
			const bits = this.#emit(
				`and ${type} ${this.#value(scope, type).text}, ${this.#value(scope, type).text}`,
			);
			return this.#emit(`icmp ${this.#pick(["eq", "ne"])} ${bits}, ${zero}`);
		}
		return this.#emit(
			`icmp ${p} ${this.#value(scope, type).text}, ${this.#value(scope, type).text}`,
		);
	}

	#choice(scope: readonly Value[]): Value {
		const c = this.#condition(scope);
		if (this.#random.below(3) === 0) return { type: "i32", text: c };
		const type = this.#pick(["i32", "i64"] as const);
		return {
			type,
			text: this.#emit(
				`select ${type} ${c}, ${this.#value(scope, type).text}, ${this.#value(scope, type).text}`,
			),
		};
	}

	#store(scope: Value[]): Value[] {
		if (this.#allocas.length === 0 && !this.#pointer) return scope;
		if (this.#random.below(4) === 0) return [...scope, this.#atomic(scope)];
		const type = this.#pick(["i32", "i64"] as const);
		const size = this.#pick(type === "i32" ? [1, 2, 4] : [1, 2, 4, 8]);
		const value = this.#value(scope, type).text;
		this.#lines.push(`  store u${size * 8} align ${size} ${this.#memory(size)}, ${value}`);
		return scope;
	}

	#atomic(scope: readonly Value[]): Value {
		const type = this.#pick(["i32", "i64"] as const);
		const size = type === "i32" ? 4 : 8;
		const value = () => this.#value(scope, type).text;
		// Linux has no atomic access to packets.
		if (!this.#helpers && this.#allocas.length === 0) return this.#constant(type);
		const at = this.#helpers
			? this.#memory(size)
			: this.#at(this.#pick(this.#allocas), this.#random.below(16 / size) * size);
		if (this.#cpu < 3) {
			this.#lines.push(`  atomic void add u${size * 8} ${at}, ${value()}`);
			return this.#constant(type);
		}
		const op = this.#pick(["add", "and", "or", "xor", "xchg", "cmpxchg"]);
		const args = op === "cmpxchg" ? `${value()}, ${value()}` : value();
		return { type, text: this.#emit(`atomic ${type} ${op} u${size * 8} fetch ${at}, ${args}`) };
	}

	#call(scope: readonly Value[]): Value {
		const callee = this.#random.below(2)
			? this.#callable[this.#random.below(this.#callable.length || 1)]
			: undefined;
		if (!callee && !this.#helpers) return this.#constant("i64");
		const params = callee?.params ?? Array.from({ length: this.#random.below(6) }, () => "i64");
		const args = params.map((t) => this.#value(scope, t as "i32" | "i64").text).join(", ");
		const what = callee ? `@${callee.name}` : `helper ${900 + params.length}`;
		return { type: "i64", text: this.#emit(`call i64 ${what}${args ? ` ${args}` : ""}`) };
	}

	#merge(
		scope: readonly Value[],
		ends: readonly { block: string; scope: readonly Value[] }[],
	): Value[] {
		const out = [...scope];
		for (let n = this.#random.below(4); n > 0; n--) {
			const type = this.#pick(["i32", "i64"] as const);
			const from = ends.map((e) => {
				const fit = e.scope.filter((v) => v.type === type);
				const v = fit.length > 0 && this.#random.below(4) ? this.#pick(fit) : this.#constant(type);
				return `[${v.text}, ${e.block}]`;
			});
			out.push({ type, text: this.#emit(`phi ${type} ${from.join(", ")}`) });
		}
		return out;
	}

	#branch(scope: readonly Value[], depth: number): Value[] {
		const c = this.#condition(scope);
		const [then, otherwise, join] = [this.#newBlock(), this.#newBlock(), this.#newBlock()];
		const direct = this.#random.below(3) === 0;
		const from = this.#name;
		this.#lines.push(`  condbr ${c}, ${then}, ${direct ? join : otherwise}`);
		this.#start(then);
		const a = this.#body(scope, depth - 1);
		const ends = [{ block: this.#name, scope: a }];
		this.#lines.push(`  br ${join}`);
		if (direct) ends.push({ block: from, scope: [...scope] });
		else {
			this.#start(otherwise);
			const b = this.#body(scope, depth - 1);
			ends.push({ block: this.#name, scope: b });
			this.#lines.push(`  br ${join}`);
		}
		this.#start(join);
		return this.#merge(scope, ends);
	}

	#switch(scope: readonly Value[], depth: number): Value[] {
		const v = this.#value(scope, "i32", false).text;
		const small = this.#emit(`and i32 ${v}, 15`);
		const join = this.#newBlock();
		const cases: string[] = [];
		const targets: string[] = [];
		for (let low = 0; low < 16; low += 1 + this.#random.below(4)) {
			const high = low + this.#random.below(2);
			const target = this.#newBlock();
			targets.push(target);
			cases.push(`${low}..${high}: ${target}`);
			low = high;
		}
		const ends = [{ block: this.#name, scope }];
		this.#lines.push(`  switch ${small}, ${join} [${cases.join(", ")}]`);
		for (const t of targets) {
			this.#start(t);
			const inner = this.#body(scope, Math.min(depth - 1, 0));
			ends.push({ block: this.#name, scope: inner });
			this.#lines.push(`  br ${join}`);
		}
		this.#start(join);
		return this.#merge(scope, ends);
	}

	#loop(scope: readonly Value[], depth: number): Value[] {
		const [head, exit] = [this.#newBlock(), this.#newBlock()];
		const from = this.#name;
		const trips = 1 + this.#random.below(4);
		this.#lines.push(`  br ${head}`);
		this.#start(head);
		const at = this.#lines.length;
		const carried = Array.from({ length: 1 + this.#random.below(4) }, () => {
			const type = this.#pick(["i32", "i64"] as const);
			return { type, text: `%${++this.#id}`, first: this.#constantOr(scope, type) };
		});
		const counter = `%${++this.#id}`;
		const inner = this.#body([...scope, ...carried, { type: "i32", text: counter }], depth - 1);
		const next = this.#emit(`add i32 ${counter}, 1`);
		const again = this.#emit(`icmp ult ${next}, ${trips}`);
		const latch = this.#name;
		this.#lines.push(`  condbr ${again}, ${head}, ${exit}`);
		const phis = carried.map((v) => {
			const fit = inner.filter((x) => x.type === v.type);
			return `  ${v.text} = phi ${v.type} [${v.first}, ${from}], [${this.#pick(fit).text}, ${latch}]`;
		});
		phis.push(`  ${counter} = phi i32 [0, ${from}], [${next}, ${latch}]`);
		this.#lines.splice(at, 0, ...phis);
		this.#start(exit);
		return this.#random.below(2) ? inner : [...scope];
	}

	#constantOr(scope: readonly Value[], type: "i32" | "i64"): string {
		const fit = scope.filter((v) => v.type === type);
		return fit.length > 0 && this.#random.below(3)
			? this.#pick(fit).text
			: this.#constant(type).text;
	}
}

function blend(id: number, args: readonly bigint[]): bigint {
	let h = BigInt(id);
	for (const a of args) h = BigInt.asUintN(64, h * 0x100000001b3n) ^ BigInt.asUintN(64, a);
	return BigInt.asIntN(64, h);
}

const helpers: HelperTable = new Map(
	[0, 1, 2, 3, 4, 5].map((n) => [
		900 + n,
		{
			name: `h${n}`,
			args: n,
			run: (call, ...halves) => {
				const args = Array.from(
					{ length: n },
					(_, i) => (BigInt(halves[2 * i + 1] ?? 0) << 32n) | BigInt((halves[2 * i] ?? 0) >>> 0),
				);
				const result = blend(n, args);
				call.setHigh(Number(BigInt.asIntN(32, result >> 32n)));
				return Number(BigInt.asIntN(32, result));
			},
		},
	]),
);

function packet(random: Random): Uint8Array {
	return Uint8Array.from({ length: PACKET }, () => random.u32() & 255);
}

const guest = newGuest((memory) => createVm(memory));

function check(seed: number, cpu: 1 | 2 | 3 | 4, budget: number): void {
	const random = new Random(seed);
	const text = new Writer(random, cpu, budget).module();
	const { value: module, diagnostics } = parseSsa(text, "random.ssa");
	expect(diagnostics, text).toEqual([]);
	if (!module) return;
	expect(validate(module), text).toEqual([]);
	const bytes = packet(random);
	const expected = bytes.slice();
	const ending = interpret(module, "main", [BigInt(guest.packet)], {
		regions: [{ base: BigInt(guest.packet), bytes: expected }],
		helper: (id, args) => blend(id - 900, args),
		steps: 200_000,
	});
	if (ending.fault === "too many steps") return;
	expect(ending.fault, text).toBeUndefined();
	const made = generate(module, { cpu, debug: true, name: "random" });
	if (made.diagnostics.some((d) => d.id === "codegen/stack")) return;
	expect(made.diagnostics, text).toEqual([]);
	const code = decode(made.value?.object.sections[0]?.bytes ?? new Uint8Array());
	const functions = (made.value?.functions ?? []).map((f) => f.start);
	setPacket(guest, bytes);
	const result = guest.executor
		.load(programOf(code, { helpers, functions }))
		.call(0, [guest.packet]);
	if (result.kind === "trap") expect.fail(`seed ${seed}: ${result.trap.message}\n${text}`);
	const got = (BigInt(result.hi) << 32n) | BigInt(result.lo >>> 0);
	expect(got, `seed ${seed} cpu ${cpu}\n${text}`).toBe(BigInt.asIntN(64, ending.value ?? 0n));
	expect(packetBytes(guest, PACKET), `seed ${seed}`).toEqual(expected);
}

/** An XDP program that hands the packet to `main`. */
const program = `func @prog (ptr) i32 "xdp" global inline=never {
bb0:
  %1 = load i64 u32 align 4 $0
  %2 = inttoptr %1
  %3 = ptradd $0, 4L
  %4 = load i64 u32 align 4 %3
  %5 = inttoptr %4
  %6 = ptradd %2, ${PACKET}L
  %7 = icmp ugt %6, %5
  condbr %7, bb1, bb2
bb1:
  ret 0
bb2:
  %8 = call i64 @main %2
  %9 = trunc %8
  ret %9
}
`;

const opened = await Linux.open();
afterAll(() => {
	if ("linux" in opened) opened.linux.end();
});

/** Whether Linux took the program; more stack than there is for all frames together is not held against us. */
async function onLinux(linux: Linux, seed: number): Promise<boolean> {
	const random = new Random(seed);
	const text = `${program}${new Writer(random, 3, 40, "xdp", false).module()}`;
	const { value: module } = parseSsa(text, "random.ssa");
	if (!module) return expect.fail(text);
	// Linux refuses functions that nobody calls.
	const called = (name: string) => name === "prog" || text.includes(`call i64 @${name} `);
	if (!module.functions.every((f) => called(f.name))) return false;
	const bytes = packet(random);
	const expected = bytes.slice();
	const base = BigInt(guest.packet);
	const ending = interpret(module, "main", [base], { regions: [{ base, bytes: expected }] });
	const made = generate(module, { cpu: 3, debug: false, name: "random" });
	if (!made.value) return false;
	const code = decode(made.value.object.sections[0]?.bytes ?? new Uint8Array());
	const load = await linux.load({ code, type: 6, maps: [], license: "GPL" }, { logLevel: 1 });
	if (!load.ok) {
		expect(load.log, `seed ${seed}\n${text}`).toMatch(/combined stack size|call frames/);
		return false;
	}
	const run = await linux.run(load.fd, { data: bytes });
	await linux.close(load);
	const value = Number(BigInt.asUintN(32, ending.value ?? 0n));
	expect(run.retval, `seed ${seed}\n${text}`).toBe(value);
	expect(run.data, `seed ${seed}\n${text}`).toEqual(expected);
	return true;
}

test.skipIf(!("linux" in opened))(
	"Linux takes random functions and runs them the same",
	async () => {
		if (!("linux" in opened)) return;
		let taken = 0;
		for (let seed = 1; seed <= 60; seed++) if (await onLinux(opened.linux, seed)) taken++;
		expect(taken).toBeGreaterThan(20);
	},
);

const RUNS = Number(process.env["RUNS"] ?? 50);

test.each([1, 2, 3, 4] as const)("random functions for cpu v%i", (cpu) => {
	for (let at = 0; at < RUNS; at++) check(at * 4 + cpu, cpu, 10 + (at % 12) * 10);
});
