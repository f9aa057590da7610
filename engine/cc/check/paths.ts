// A function's body → the graph of its basic blocks, with what each does to local variables in order. Values are not followed; a
// condition that is a number has one way on.

import {
	type AsmStatement,
	type CFunction,
	type CType,
	canonical,
	type Expression,
	isPointer,
	pointeeOf,
	qualifiersOf,
	type Statement,
	type Variable,
} from "../ast/index.ts";
import type { Location } from "../token.ts";

export interface Event {
	/** `lend`: its address goes to what may only read it. */
	readonly kind: "use" | "set" | "declare" | "lend";
	readonly variable: Variable;
	readonly at: Location;
}

/** What decides where a block goes on. */
export interface Terminator {
	readonly word: string;
	/** Of the statement or expression. */
	readonly at: Location;
	/** The condition. */
	readonly from: Location;
	readonly to: Location;
}

export class Block {
	readonly events: Event[] = [];
	/** First the way that is taken when the condition is true; undefined for one that is never taken. */
	readonly next: (Block | undefined)[] = [];
	readonly before: Block[] = [];
	readonly id: number;
	/** Place in the order of the text. */
	order: number;
	terminator: Terminator | undefined;
	/** Of a `case` or `default` that heads this block. */
	label: { readonly word: string; readonly at: Location } | undefined;

	constructor(id: number) {
		this.id = id;
		this.order = id;
	}
}

/** Where `break` and `continue` lead. */
interface Around {
	readonly out: Block;
	readonly again: Block | undefined;
	/** Of the innermost switch: its block, and whether it has a default. */
	readonly choice?: { readonly block: Block; default: boolean };
}

/** A condition to come, and where it leads. */
interface Condition {
	readonly e: Expression;
	readonly yes: Block;
	readonly no: Block;
	readonly word: string;
	readonly at: Location;
	readonly whole: Expression;
	/** The block that starts with it. */
	readonly enter?: Block;
}

/** The blocks of a body in the order of the text, the entry first. */
export function pathsOf(body: Statement): Block[] {
	const paths = new Paths();
	paths.statement(body, undefined);
	return paths.blocks.sort((a, b) => a.order - b.order);
}

class Paths {
	readonly blocks: Block[] = [];
	readonly #labels = new Map<string, Block>();
	#entered = 0;
	/** Undefined where nothing leads. */
	#here: Block = this.#make();

	constructor() {
		const entry = this.#here;
		this.#here = this.#make();
		link(entry, this.#here);
	}

	#make(): Block {
		const made = new Block(this.blocks.length);
		made.order = this.#entered++;
		this.blocks.push(made);
		return made;
	}

	/** Goes on in a block that stands after all made so far. */
	#enter(block: Block): void {
		block.order = this.#entered++;
		this.#here = block;
	}

	#jump(to: Block): void {
		link(this.#here, to);
		this.#here = this.#make();
	}

	#label(name: string): Block {
		const known = this.#labels.get(name) ?? this.#make();
		this.#labels.set(name, known);
		return known;
	}

	#event(kind: Event["kind"], variable: Variable, at: Location): void {
		if (variable.storage === "auto") this.#here.events.push({ kind, variable, at });
	}

	statement(s: Statement, around: Around | undefined): void {
		switch (s.kind) {
			case "block":
				for (const item of s.items) this.statement(item, around);
				break;
			case "declare":
				for (const v of s.variables) this.#declare(v);
				break;
			case "expression":
				this.#value(s.expression);
				break;
			case "if":
				this.#if(s, around);
				break;
			case "while":
			case "for":
				this.#loop(s);
				break;
			case "do":
				this.#do(s);
				break;
			case "switch":
				this.#switch(s);
				break;
			case "case":
			case "label":
				this.#labelled(s, around);
				break;
			case "goto":
				this.#jump(this.#label(s.label));
				break;
			case "break":
				if (around) this.#jump(around.out);
				break;
			case "continue":
				if (around?.again) this.#jump(around.again);
				break;
			case "return":
				if (s.value) this.#value(s.value);
				this.#here = this.#make();
				break;
			case "asm":
				this.#asm(s);
				break;
			default:
		}
	}

	#declare(v: Variable): void {
		if (!v.init) {
			this.#event("declare", v, v.at);
			return;
		}
		for (const { value } of v.init.entries) this.#value(value);
		this.#event("set", v, v.at);
	}

	#asm(s: AsmStatement): void {
		for (const { value } of s.inputs) this.#value(value);
		for (const { value, constraint } of s.outputs) {
			if (value.kind === "variable") {
				if (constraint.startsWith("+")) this.#event("use", value.variable, value.at);
				this.#event("set", value.variable, value.at);
			} else this.#place(value);
		}
		if (s.labels.length === 0) return;
		const from = this.#here;
		for (const name of s.labels) link(from, this.#label(name));
		const after = this.#make();
		link(from, after);
		this.#enter(after);
	}

	#if(s: Extract<Statement, { kind: "if" }>, around: Around | undefined): void {
		const ends: Block[] = [];
		let at: Statement = s;
		while (at.kind === "if") {
			const then = this.#make();
			const otherwise = this.#make();
			const after = at.otherwise ? this.#make() : otherwise;
			this.#branch(at.condition, then, otherwise, "if", at.at);
			this.#enter(then);
			this.statement(at.then, around);
			link(this.#here, after);
			this.#enter(otherwise);
			if (!at.otherwise) break;
			ends.push(after);
			at = at.otherwise;
		}
		if (at.kind !== "if") this.statement(at, around);
		for (const after of ends.reverse()) {
			link(this.#here, after);
			this.#enter(after);
		}
	}

	#loop(s: Extract<Statement, { kind: "while" | "do" | "for" }>): void {
		if (s.kind === "for" && s.init) this.statement(s.init, undefined);
		const test = this.#make();
		const body = this.#make();
		const step = s.kind === "for" ? this.#make() : test;
		const out = this.#make();
		link(this.#here, test);
		this.#enter(test);
		if (s.condition) this.#branch(s.condition, body, out, s.kind, s.at);
		else link(test, body);
		this.#enter(body);
		this.statement(s.body, { out, again: step });
		if (s.kind === "for") {
			link(this.#here, step);
			this.#enter(step);
			if (s.step) this.#value(s.step);
		}
		link(this.#here, test);
		this.#enter(out);
	}

	#do(s: Extract<Statement, { kind: "while" | "do" }>): void {
		const body = this.#make();
		const test = this.#make();
		const out = this.#make();
		link(this.#here, body);
		this.#enter(body);
		this.statement(s.body, { out, again: test });
		link(this.#here, test);
		this.#enter(test);
		this.#branch(s.condition, body, out, "do", s.at);
		this.#enter(out);
	}

	#switch(s: Extract<Statement, { kind: "switch" }>): void {
		this.#value(s.value);
		const block = this.#here;
		block.terminator = { word: "switch", at: s.at, from: s.value.at, to: s.value.end };
		const out = this.#make();
		const choice = { block, default: false };
		this.#here = this.#make();
		this.statement(s.body, { out, again: undefined, choice });
		link(this.#here, out);
		if (!choice.default) link(block, out);
		this.#enter(out);
	}

	#labelled(s: Extract<Statement, { kind: "case" | "label" }>, around: Around | undefined): void {
		let at: Statement = s;
		for (; at.kind === "case" || at.kind === "label"; at = at.body) {
			if (at.kind === "case") {
				this.#case(at, around);
				continue;
			}
			const block = this.#label(at.name);
			link(this.#here, block);
			this.#enter(block);
		}
		this.statement(at, around);
	}

	#case(s: Extract<Statement, { kind: "case" }>, around: Around | undefined): void {
		const block = this.#make();
		link(this.#here, block);
		const isDefault = s.label.low === undefined;
		block.label = { word: isDefault ? "default" : "case", at: s.at };
		if (around?.choice) {
			link(around.choice.block, block);
			if (isDefault) around.choice.default = true;
		}
		this.#enter(block);
	}

	/** Ends the block with a condition; `&&` and `||` are conditions of their own. */
	#branch(e: Expression, yes: Block, no: Block, word: string, at: Location, whole = e): void {
		const todo: Condition[] = [];
		let now: Condition = { e, yes, no, word, at, whole };
		while (now.e.kind === "logical") {
			const { left, right, op } = now.e;
			const enter = this.#make();
			todo.push({ ...now, e: right, enter });
			const lead = op === "&&" ? { yes: enter, no: now.no } : { yes: now.yes, no: enter };
			now = { ...lead, e: left, word: op, at: left.at, whole: left };
		}
		this.#decide(now);
		for (const { enter, ...rest } of todo.reverse()) {
			if (enter) this.#enter(enter);
			this.#branch(rest.e, rest.yes, rest.no, rest.word, rest.at, rest.whole);
		}
	}

	#decide({ e, yes, no, word, at, whole }: Condition): void {
		this.#value(e);
		const known = e.kind === "number" ? e.value !== 0n : undefined;
		const from = this.#here;
		from.terminator = { word, at, from: whole.at, to: whole.end };
		link(from, known === false ? undefined : yes);
		link(from, known === true ? undefined : no);
	}

	/** Two ways through a value. */
	#fork(
		condition: Expression,
		word: string,
		at: Location,
		then: Expression | undefined,
		otherwise: Expression | undefined,
	): void {
		const yes = this.#make();
		const no = this.#make();
		const after = this.#make();
		this.#branch(condition, yes, no, word, at);
		this.#enter(yes);
		if (then) this.#value(then);
		link(this.#here, after);
		this.#enter(no);
		if (otherwise) this.#value(otherwise);
		link(this.#here, after);
		this.#enter(after);
	}

	/** An expression's reads and writes in the order of evaluation. */
	#value(e: Expression): void {
		switch (e.kind) {
			case "load":
				if (e.operand.kind === "variable") this.#event("use", e.operand.variable, e.operand.at);
				else this.#place(e.operand);
				break;
			case "variable":
			case "dereference":
			case "index":
			case "member":
			case "literal":
				this.#place(e);
				break;
			case "decay":
			case "address":
				this.#place(e.operand);
				break;
			case "cast":
			case "unary":
			case "binary":
			case "comma":
			case "difference":
			case "offset":
				for (const operand of operandsOf(e)) this.#value(operand);
				break;
			case "logical":
				this.#logical(e);
				break;
			case "conditional":
				this.#fork(e.condition, "?:", e.at, e.then, e.otherwise);
				break;
			case "assign":
			case "compound":
			case "increment":
				this.#change(e);
				break;
			case "call":
				this.#call(e);
				break;
			case "builtin":
				for (const arg of e.args) this.#value(arg);
				if (/^__builtin_(unreachable|trap)$/.test(e.name)) this.#here = this.#make();
				break;
			case "statements":
				for (const item of e.body.items) this.statement(item, undefined);
				if (e.value) this.#value(e.value);
				break;
			default:
		}
	}

	#logical(e: Extract<Expression, { kind: "logical" }>): void {
		const word = e.op;
		if (word === "&&") this.#fork(e.left, word, e.left.at, e.right, undefined);
		else this.#fork(e.left, word, e.left.at, undefined, e.right);
	}

	#change(e: Extract<Expression, { kind: "assign" | "compound" | "increment" }>): void {
		if (e.kind !== "increment") this.#value(e.value);
		const { target } = e;
		if (target.kind !== "variable") {
			this.#place(target);
			return;
		}
		if (e.kind !== "assign") this.#event("use", target.variable, target.at);
		else this.#event("set", target.variable, e.at);
	}

	#call(e: Extract<Expression, { kind: "call" }>): void {
		const to = pointeeOf(e.callee.type);
		const type = to && canonical(to);
		this.#value(e.callee);
		e.args.forEach((arg, i) => {
			const param = type?.kind === "function" ? type.params[i]?.type : undefined;
			const lent = param && readOnly(param) ? addressed(arg) : undefined;
			if (lent) this.#event("lend", lent, arg.at);
			else this.#value(arg);
		});
		const called = calledFunction(e.callee);
		if (called?.attributes.noreturn) this.#here = this.#make();
	}

	/** What an lvalue needs to be known; a variable in it may be changed through it. */
	#place(e: Expression): void {
		switch (e.kind) {
			case "variable":
				this.#event("set", e.variable, e.at);
				break;
			case "member":
				this.#place(e.base);
				break;
			case "index":
				if (canonical(e.base.type).kind === "array") this.#place(e.base);
				else this.#value(e.base);
				this.#value(e.index);
				break;
			case "dereference":
				this.#value(e.operand);
				break;
			case "literal":
				for (const { value } of e.variable.init?.entries ?? []) this.#value(value);
				break;
			case "string":
			case "function":
				break;
			default:
				this.#value(e);
		}
	}
}

/** The operands of a row of operators, each of which may have a row to its left. */
function operandsOf(e: Expression): Expression[] {
	const row: Expression[] = [];
	for (let at = e; ; ) {
		if (at.kind === "binary" || at.kind === "comma" || at.kind === "difference") {
			row.push(at.right);
			at = at.left;
		} else if (at.kind === "offset") {
			row.push(at.index);
			at = at.pointer;
		} else if (at.kind === "cast") {
			// `(void)x` is no use.
			const named = at.operand.kind === "load" && at.operand.operand.kind === "variable";
			if (named && canonical(at.type).kind === "void") return row.reverse();
			at = at.operand;
		} else if (at.kind === "unary") at = at.operand;
		else {
			row.push(at);
			return row.reverse();
		}
	}
}

function link(from: Block, to: Block | undefined): void {
	from.next.push(to);
	to?.before.push(from);
}

function readOnly(type: CType): boolean {
	const to = isPointer(type) ? pointeeOf(type) : undefined;
	return to !== undefined && qualifiersOf(to).const;
}

/** The variable whose address an argument is. */
function addressed(e: Expression): Variable | undefined {
	let at = e;
	while (at.kind === "cast" && at.implicit) at = at.operand;
	return at.kind === "address" && at.operand.kind === "variable" ? at.operand.variable : undefined;
}

/** The function that a call names, when it names one. */
export function calledFunction(callee: Expression): CFunction | undefined {
	if (callee.kind === "decay" && callee.operand.kind === "function") return callee.operand.function;
	return callee.kind === "function" ? callee.function : undefined;
}
