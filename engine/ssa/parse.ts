// Reads the text form that print.ts writes: text in, a module or diagnostics out. Says what is malformed; whether the module makes sense
// is for `validate`. Types (BTF) are not part of the text: `types` holds void alone.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { addPhi, detachedBlock, newFunction, newModule } from "./build.ts";
import type { Block, Func, Global, Module, Type } from "./ir.ts";
import { Line, Malformed } from "./line.ts";
import { type Labels, parseInstruction, parseTerminator } from "./parsenode.ts";

/** Parses the text form. The diagnostics have id `ssa/syntax`; the first one ends the reading. */
export function parseSsa(text: string, file = "input.ssa"): Outcome<Module> {
	const module = newModule();
	const lines = text.split("\n");
	let start = 0;
	let at = 0;
	try {
		while (at < lines.length) {
			const line = new Line(lines[at] ?? "");
			if (line.done()) at++;
			else if (line.word("func")) at = parseFunction(module, line, lines, at);
			else {
				parseHead(module, line);
				at++;
			}
		}
		return { value: module, diagnostics: [] };
	} catch (error) {
		if (!(error instanceof Malformed)) throw error;
		at = error.line ?? at;
		for (let i = 0; i < at; i++) start += (lines[i]?.length ?? 0) + 1;
		start += error.column;
		const span = { file, start, end: start + 1, line: at + 1, column: error.column + 1 };
		const diagnostic: Diagnostic = {
			severity: "error",
			id: "ssa/syntax",
			message: error.message,
			span,
		};
		return { diagnostics: [diagnostic] };
	}
}

function parseHead(module: Module, line: Line): void {
	if (line.word("file")) {
		line.number();
		module.files.push(line.string());
	} else if (line.word("core")) parseCore(module, line);
	else if (line.word("extern")) parseExtern(module, line);
	else if (line.word("global")) parseGlobal(module, line);
	else line.fail("expected file, core, extern, global or func");
	line.end();
}

function parseCore(module: Module, line: Line): void {
	line.number();
	const [kind, type] = [line.setting("kind"), line.setting("type")];
	line.expectWord("access");
	line.expect("=");
	const access = line.string();
	line.expectWord("value");
	line.expect("=");
	const value = line.bigint();
	module.core.push({ kind, type, access, value, wide: line.word("wide") });
}

function parseExtern(module: Module, line: Line): void {
	const name = line.symbol();
	const section = line.string();
	const [weak, isFunction] = [line.word("weak"), line.word("function")];
	const size = line.setting("size");
	const btf = line.optional("btf");
	module.externs.push({
		name,
		section,
		weak,
		function: isFunction,
		size,
		...(btf === undefined ? {} : { btf }),
	});
}

function parseGlobal(module: Module, line: Line): void {
	const name = line.symbol();
	const section = line.string();
	const linkage = line.oneOf(["static", "global", "weak"] as const);
	const [hidden, constant, used] = [line.word("hidden"), line.word("constant"), line.word("used")];
	const [size, align] = [line.setting("size"), line.setting("align")];
	const btf = line.optional("btf");
	const addresses: Global["addresses"][number][] = [];
	while (line.word("address")) {
		line.expect("=");
		const offset = line.number();
		line.expect(":");
		const symbol = line.symbol();
		line.expect("+");
		addresses.push({ offset, symbol, addend: line.number() });
	}
	let bytes: Uint8Array | undefined;
	if (line.word("bytes")) {
		line.expect("=");
		const text = line.string();
		bytes = Uint8Array.from(text.match(/../g) ?? [], (h) => Number.parseInt(h, 16));
	}
	module.globals.push({
		name,
		section,
		linkage,
		size,
		align,
		constant,
		addresses,
		...(hidden ? { hidden } : {}),
		...(used ? { used } : {}),
		...(btf === undefined ? {} : { btf }),
		...(bytes ? { bytes } : {}),
	});
}

const types = ["i32", "i64", "ptr"] as const;

function parseSignature(module: Module, line: Line): Func {
	const name = line.symbol();
	line.expect("(");
	const params: Type[] = [];
	while (!line.accept(")")) {
		if (params.length > 0) line.expect(",");
		params.push(line.oneOf(types));
	}
	const returns = line.word("void") ? undefined : line.oneOf(types);
	const section = line.string();
	const linkage = line.oneOf(["static", "global", "weak"] as const);
	line.expectWord("inline");
	line.expect("=");
	const inline = line.oneOf(["always", "never", "may"] as const);
	const [hidden, noreturn] = [line.word("hidden"), line.word("noreturn")];
	const btf = line.optional("btf");
	const place = line.word("!at") ? line.place() : undefined;
	return newFunction(module, name, params, returns, {
		section,
		linkage,
		inline,
		...(hidden ? { hidden } : {}),
		...(noreturn ? { noreturn } : {}),
		...(btf === undefined ? {} : { btf }),
		...(place ? { place } : {}),
	});
}

/** Gives the number of the line behind the function. */
function parseFunction(module: Module, head: Line, lines: string[], start: number): number {
	const func = parseSignature(module, head);
	if (!head.accept("{")) {
		head.end();
		return start + 1;
	}
	head.end();
	const blocks = new Map<number, Block>();
	const labels: Labels = { func, blocks, values: new Map(), pending: [] };
	let end = start + 1;
	try {
		end = findBlocks(labels, lines, start + 1);
		let block: Block | undefined;
		for (let at = start + 1; at < end; at++) {
			const line = new Line(lines[at] ?? "", at);
			if (line.done()) continue;
			const label = /^\s*bb(\d+)\s*:/.exec(lines[at] ?? "");
			if (label) block = blocks.get(Number(label[1]));
			else if (!block) line.fail("expected a label");
			else parseLine(labels, block, line);
		}
		for (const use of labels.pending) use();
	} finally {
		let next = func.nextNode;
		for (const id of labels.values.keys()) next = Math.max(next, id + 1);
		func.nextNode = next;
	}
	return end + 1;
}

/** Makes the blocks of the function, keeping their numbers; gives the number of the line with the closing brace. */
function findBlocks(labels: Labels, lines: string[], start: number): number {
	const { func, blocks } = labels;
	let highest = -1;
	for (let at = start; at < lines.length; at++) {
		const text = lines[at] ?? "";
		const value = /^\s*%(\d+) =/.exec(text);
		if (value) highest = Math.max(highest, Number(value[1]));
		if (/^\s*\}\s*$/.test(text)) {
			func.nextNode = Math.max(func.nextNode, highest + 1);
			for (const b of func.blocks) b.terminator.id = func.nextNode++;
			func.nextBlock = Math.max(-1, ...blocks.keys()) + 1;
			return at;
		}
		const label = /^\s*bb(\d+)\s*:/.exec(text);
		if (!label) continue;
		const line = new Line(text, at);
		line.take();
		line.expect(":");
		const block = detachedBlock(func);
		block.id = Number(label[1]);
		if (blocks.has(block.id)) line.fail(`bb${block.id} is defined twice`);
		if (line.word("unroll")) {
			line.expect("=");
			block.unroll = line.word("full") ? "full" : line.word("none") ? "none" : line.number();
		}
		line.end();
		blocks.set(block.id, block);
		func.blocks.push(block);
	}
	return new Line(lines[start - 1] ?? "", start - 1).fail("the function has no end");
}

function parseLine(labels: Labels, block: Block, line: Line): void {
	const { func } = labels;
	const id = line.definition();
	const op = line.take();
	const own = id ?? func.nextNode++;
	if (id !== undefined && labels.values.has(id)) line.fail(`%${id} is defined twice`);
	if (op === "phi") {
		const phi = addPhi(func, block, line.oneOf(types));
		phi.id = own;
		labels.values.set(own, phi);
		while (line.accept("[")) {
			const value = line.value();
			line.expect(",");
			const from = labels.blocks.get(line.label()) ?? line.fail("no such block");
			line.expect("]");
			labels.pending.push(() => {
				phi.args.push(value(labels));
				phi.from.push(from);
			});
			line.accept(",");
		}
		line.trailers(phi);
		return;
	}
	const terminator = parseTerminator(labels, line, op, own);
	if (terminator) {
		terminator.block = block;
		block.terminator = terminator;
		line.trailers(terminator);
		return;
	}
	const node = parseInstruction(labels, line, op, own, id !== undefined);
	node.block = block;
	block.body.push(node);
	if (id !== undefined) labels.values.set(id, node);
	line.trailers(node);
}
