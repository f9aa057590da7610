// Modules as text, the form that parse.ts reads. See README.md for the grammar.

import { unreachable } from "../base/index.ts";
import type { Asm, Block, Extern, Func, Global, Module, Node, Place } from "./ir.ts";

/** What the text leaves out. */
export interface PrintOptions {
	/** `!at` of instructions and functions; true unless told. */
	readonly places?: boolean;
	/** `!name` of instructions; true unless told. */
	readonly names?: boolean;
}

/** The text form of a module. `types` are left out: ids of BTF types are printed as numbers. */
export function print(module: Module, options: PrintOptions = {}): string {
	const parts: string[] = [];
	const head = [
		...module.files.map((f, i) => `file ${i} ${quote(f)}`),
		...module.core.map(
			(c, i) =>
				`core ${i} kind=${c.kind} type=${c.type} access=${quote(c.access)} value=${c.value}${c.wide ? " wide" : ""}`,
		),
		...module.externs.map(printExtern),
		...module.globals.map(printGlobal),
	];
	if (head.length > 0) parts.push(head.join("\n"));
	for (const func of module.functions) parts.push(printFunction(func, options));
	return `${parts.join("\n\n")}\n`;
}

function quote(text: string): string {
	return JSON.stringify(text);
}

function symbol(name: string): string {
	return /^[\w.$]+$/.test(name) ? `@${name}` : `@${quote(name)}`;
}

function printExtern(e: Extern): string {
	const words = ["extern", symbol(e.name), quote(e.section)];
	if (e.weak) words.push("weak");
	if (e.function) words.push("function");
	words.push(`size=${e.size}`);
	if (e.btf !== undefined) words.push(`btf=${e.btf}`);
	return words.join(" ");
}

function printGlobal(g: Global): string {
	const words = ["global", symbol(g.name), quote(g.section), g.linkage];
	if (g.hidden) words.push("hidden");
	if (g.constant) words.push("constant");
	if (g.used) words.push("used");
	words.push(`size=${g.size}`, `align=${g.align}`);
	if (g.btf !== undefined) words.push(`btf=${g.btf}`);
	for (const a of g.addresses) words.push(`address=${a.offset}:${symbol(a.symbol)}+${a.addend}`);
	if (g.bytes) words.push(`bytes=${quote(bytesText(g.bytes))}`);
	return words.join(" ");
}

function bytesText(bytes: Uint8Array): string {
	let out = "";
	for (const b of bytes) out += b.toString(16).padStart(2, "0");
	return out;
}

/** One function in the text form. */
export function printFunction(func: Func, options: PrintOptions = {}): string {
	const words = ["func", symbol(func.name), `(${func.params.join(", ")})`, func.returns ?? "void"];
	words.push(quote(func.section), func.linkage, `inline=${func.inline}`);
	if (func.hidden) words.push("hidden");
	if (func.noreturn) words.push("noreturn");
	if (func.btf !== undefined) words.push(`btf=${func.btf}`);
	if (func.place && options.places !== false) words.push(`!at ${place(func.place)}`);
	const head = words.join(" ");
	if (func.blocks.length === 0) return head;
	return [`${head} {`, ...func.blocks.map((b) => printBlock(b, options)), "}"].join("\n");
}

function printBlock(block: Block, options: PrintOptions): string {
	const unroll = block.unroll === undefined ? "" : ` unroll=${block.unroll}`;
	const lines = [`bb${block.id}:${unroll}`];
	for (const node of [...block.phis, ...block.body, block.terminator])
		lines.push(`  ${printNode(node, options)}`);
	return lines.join("\n");
}

function place(p: Place): string {
	return `${p.file}:${p.line}:${p.column}:${p.location}`;
}

/** One instruction, phi or terminator as a line without indentation. */
export function printNode(node: Node, options: PrintOptions = {}): string {
	let line = node.type === undefined ? "" : `%${node.id} = `;
	line += spell(node);
	if (node.name !== undefined && options.names !== false) line += ` !name ${quote(node.name)}`;
	if (node.place && options.places !== false) line += ` !at ${place(node.place)}`;
	return line;
}

/** A value as it is written as an argument. */
export function printValue(node: Node): string {
	switch (node.op) {
		case "const":
			return `${node.value}${node.type === "i32" ? "" : node.type === "i64" ? "L" : "p"}`;
		case "undef":
			return `undef.${node.type}`;
		case "param":
			return `$${node.index}`;
		case "global":
			return `${symbol(node.symbol)}${node.offset === 0 ? "" : `+${node.offset}`}`;
		case "core":
			return `core.${node.type}.${node.record}`;
		default:
			return `%${node.id}`;
	}
}

function spell(node: Node): string {
	const args = node.args.map(printValue).join(", ");
	const to = (b: Block) => `bb${b.id}`;
	switch (node.op) {
		case "const":
		case "undef":
		case "param":
		case "global":
		case "core":
			return printValue(node);
		case "phi":
			return `phi ${node.type} ${node.args.map((a, i) => `[${printValue(a)}, bb${node.from[i]?.id}]`).join(", ")}`;
		case "br":
			return `br ${to(node.target)}`;
		case "condbr":
			return `condbr ${args}, ${to(node.then)}, ${to(node.otherwise)}${node.likely === undefined ? "" : node.likely ? " likely" : " unlikely"}`;
		case "switch":
			return `switch ${args}, ${to(node.otherwise)} [${node.cases.map((c) => `${c.low}..${c.high}: ${to(c.target)}`).join(", ")}]`;
		case "ret":
			return args === "" ? "ret" : `ret ${args}`;
		case "unreachable":
			return "unreachable";
		case "asmgoto":
			return `asmgoto ${asmText(node.asm)} (${args}) ${to(node.next)} [${node.targets.map(to).join(", ")}]`;
		default:
			return `${instructionHead(node)}${args === "" ? "" : ` ${args}`}`.trimEnd();
	}
}

type Plain = Exclude<
	Node,
	| { op: "const" | "undef" | "param" | "global" | "core" | "phi" }
	| { op: "br" | "condbr" | "switch" }
>;

function instructionHead(node: Plain): string {
	switch (node.op) {
		case "icmp":
			return `icmp ${node.predicate}`;
		case "select":
			return `select ${node.type}`;
		case "sext":
		case "bswap":
			return `${node.op} ${node.type} ${node.bits}`;
		case "spacecast":
			return `spacecast ${node.from} ${node.into}`;
		case "alloca":
			return `alloca ${node.size} align ${node.align}`;
		case "lifetime":
			return `lifetime ${node.start ? "start" : "end"}`;
		case "load":
			return `load ${node.type} ${node.signed ? "s" : "u"}${node.size * 8}${node.truth ? " truth" : ""}${access(node)}`;
		case "store":
			return `store u${node.size * 8}${access(node)}`;
		case "memcpy":
			return `${node.move ? "memmove" : "memcpy"} ${node.size} align ${node.align}`;
		case "memset":
			return `memset ${node.size} align ${node.align}`;
		case "atomic":
			return `atomic ${node.type ?? "void"} ${node.action} u${node.size * 8}${node.fetch ? " fetch" : ""}`;
		case "loadacquire":
			return `loadacquire ${node.type} u${node.size * 8}`;
		case "storerelease":
			return `storerelease u${node.size * 8}`;
		case "call":
			return `call ${node.type ?? "void"} ${callee(node)}`;
		case "asm":
			return `asm ${node.type ?? "void"} ${asmText(node.asm)}`;
		case "asmout":
			return `asmout ${node.type} ${node.index}`;
		case "ptradd":
		case "zext":
		case "trunc":
		case "ptrtoint":
		case "inttoptr":
		case "isconst":
		case "ret":
		case "unreachable":
		case "asmgoto":
			return node.op;
		case "add":
		case "sub":
		case "mul":
		case "udiv":
		case "sdiv":
		case "urem":
		case "srem":
		case "and":
		case "or":
		case "xor":
		case "shl":
		case "lshr":
		case "ashr":
			return `${node.op} ${node.type}`;
		default:
			return unreachable(node);
	}
}

function access(node: { readonly volatile: boolean; align: number }): string {
	return `${node.volatile ? " volatile" : ""} align ${node.align}`;
}

function callee(node: Node & { op: "call" }): string {
	const { callee: c } = node;
	if (c.kind === "helper") return `helper ${c.id}`;
	return c.kind === "function" ? symbol(c.name) : "indirect";
}

function asmText(asm: Asm): string {
	const operand = (o: { readonly constraint: string; readonly name?: string }) =>
		quote(o.constraint) + (o.name === undefined ? "" : `:${o.name}`);
	const words = [quote(asm.template)];
	if (asm.volatile) words.push("volatile");
	for (const o of asm.outputs) words.push(`out ${operand(o)}`);
	for (const i of asm.inputs) words.push(`in ${operand(i)}`);
	for (const c of asm.clobbers) words.push(`clobber ${quote(c)}`);
	return words.join(" ");
}
