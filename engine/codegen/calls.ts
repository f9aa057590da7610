// Selection of calls: arguments into r1 to r5, the result out of r0; legacy packet loads, which clang's intrinsics name.

import { BPF_ABS, BPF_B, BPF_H, BPF_IND, BPF_LD, BPF_PSEUDO_CALL, BPF_W } from "../isa/index.ts";
import type { Node } from "../ssa/index.ts";
import type { Context } from "./context.ts";
import { CALL, CALLER_SAVED, Insn, MOV32, NONE } from "./machine.ts";

const MOST_ARGUMENTS = 5;
/** bpf_map_lookup_elem and bpf_map_lookup_percpu_elem. */
const LOOKUPS: ReadonlySet<number> = new Set([1, 195]);
const legacy: Record<string, number> = {
	"llvm.bpf.load.byte": BPF_B,
	"llvm.bpf.load.half": BPF_H,
	"llvm.bpf.load.word": BPF_W,
};

export function call(c: Context, node: Node & { op: "call" }): void {
	const { callee } = node;
	let args = node.args;
	let id: number | undefined = callee.kind === "helper" ? callee.id : undefined;
	if (callee.kind === "indirect") {
		const target = args[0];
		args = args.slice(1);
		if (target?.op !== "const") {
			c.problem(
				"indirect-call",
				"indirect calls are not part of eBPF C: the callee must be known",
				node,
			);
			return;
		}
		id = Number(target.value);
	}
	const name = callee.kind === "function" ? callee.name : undefined;
	const size = name === undefined ? undefined : legacy[name];
	if (size !== undefined) legacyLoad(c, node, size);
	else ordinary(c, node, args, id, name);
}

function ordinary(
	c: Context,
	node: Node & { op: "call" },
	args: readonly Node[],
	id: number | undefined,
	name: string | undefined,
): void {
	if (args.length > MOST_ARGUMENTS) {
		const who = name === undefined ? `helper ${id}` : `'${name}'`;
		c.problem(
			"too-many-arguments",
			`call of ${who} passes ${args.length} arguments, eBPF has registers for ${MOST_ARGUMENTS}`,
			node,
		);
		return;
	}
	const [, key] = args;
	const slot = id !== undefined && LOOKUPS.has(id) && key ? c.slots.get(key) : undefined;
	const held = slot === undefined ? undefined : c.func.slots[slot];
	if (held) held.key = true;
	pass(c, args, name === undefined);
	const i = new Insn(CALL, 0, name === undefined ? 0 : BPF_PSEUDO_CALL, 0, id ?? -1);
	if (name !== undefined) i.symbol = name;
	i.uses = args.map((_, at) => at + 1);
	i.defs = [0];
	i.clobbers = CALLER_SAVED;
	i.place = node.place;
	c.emit(i);
	c.forget();
	if (node.type && c.usersOf(node).length > 0) c.copy(c.define(node), 0);
}

/** Values in registers first, then what can be made in place. Helpers look at all 64 bits, functions at what they ask for. */
function pass(c: Context, args: readonly Node[], helper: boolean): void {
	const leaf = (n: Node) => /^(const|undef|global|core|alloca)$/.test(n.op);
	const frame = (n: Node) =>
		n.op === "ptradd" && n.args[0]?.op === "alloca" && n.args[1]?.op === "const";
	const registers = args.map((a) => (leaf(a) || frame(a) ? NONE : c.use(a)));
	args.forEach((a, at) => {
		if (leaf(a) || frame(a)) return;
		if (cut(a) && helper && !c.zeroUpper.has(a)) c.alu(MOV32, at + 1, registers[at] ?? 0);
		else c.copy(at + 1, registers[at] ?? 0);
	});
	args.forEach((a, at) => {
		if (leaf(a)) c.into(at + 1, a);
		else if (frame(a)) frameAddress(c, at + 1, a);
	});
}

function frameAddress(c: Context, d: number, node: Node): void {
	const [base, by] = node.args;
	const off = by?.op === "const" ? Number(by.value) : 0;
	c.lea(d, (base && c.slots.get(base)) ?? 0, off);
}

/** A 32-bit value cut from a wider one: what is above would be seen by the callee. */
export function cut(node: Node, depth = 0): boolean {
	if (node.op === "trunc") return true;
	if ((node.op !== "phi" && node.op !== "select") || node.type !== "i32" || depth > 3) return false;
	return node.args.some((a) => cut(a, depth + 1));
}

/** r0 = *(size *)skb[offset], with the context in r6. */
function legacyLoad(c: Context, node: Node & { op: "call" }, size: number): void {
	const [skb, offset] = node.args as [Node, Node];
	const fits = offset.op === "const";
	const s = fits ? 0 : c.use(offset);
	c.into(6, skb);
	const code = BPF_LD | size | (fits ? BPF_ABS : BPF_IND);
	const i = new Insn(code, 0, s, 0, fits ? Number(BigInt.asIntN(32, offset.value)) : 0);
	i.uses = [6];
	i.defs = [0];
	i.clobbers = CALLER_SAVED;
	c.emit(i);
	c.forget();
	if (node.type && c.usersOf(node).length > 0) c.copy(c.define(node), 0);
}
