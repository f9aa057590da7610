// A program as one WebAssembly module: a function for each function of the program, entry points for the host, and on
// request the batch driver with the main function written into its loop.

import { functionEntries, functionGraph } from "../cfg/index.ts";
import {
	BPF_ABS,
	BPF_CALL,
	BPF_IND,
	BPF_JCOND,
	BPF_JMP,
	BPF_LD,
	BPF_PSEUDO_FUNC,
	LD_IMM64,
} from "../isa/index.ts";
import type { Program } from "../machine/index.ts";
import { MAX_LOOPS } from "./call.ts";
import { compileControl } from "./control.ts";
import { hashLookup, LARGEST_KEY } from "./hash.ts";
import type { Unit } from "./unit.ts";
import { FunctionUnit, MAILBOX } from "./unit.ts";
import { Body } from "./wasm/body.ts";
import { ModuleWriter } from "./wasm/module.ts";
import { I32, I64, OP } from "./wasm/opcode.ts";

export interface CompileOptions {
	/** Guest address of the mailbox. */
	readonly mailbox: number;
	readonly fuel: boolean;
	/** Adds the batch driver `runMany`. */
	readonly batch: boolean;
}

export interface Compiled {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** The body of each function, by its first instruction. */
	readonly bodies: ReadonlyMap<number, Body>;
	/** Name of each function by its WebAssembly index, imports first. */
	readonly names: readonly string[];
	readonly tailCalls: boolean;
}

/** What is in the code, found before anything is written: imports come first in a module. */
interface Survey {
	readonly helpers: readonly number[];
	readonly tailCalls: boolean;
	readonly packetLoads: boolean;
	readonly callbacks: boolean;
	readonly mayGoto: boolean;
}

function survey({ code, helpers }: Program): Survey {
	const used = new Set<number>();
	let tailCalls = false;
	let packetLoads = false;
	let callbacks = false;
	let mayGoto = false;
	for (let pc = 0; pc < code.length; pc++) {
		const opcode = code.opcode[pc] ?? 0;
		const imm = code.imm[pc] ?? 0;
		const mode = opcode & 0xe0;
		if (opcode === (BPF_JMP | BPF_CALL) && code.src[pc] === 0) {
			if (imm === 12) tailCalls = true;
			else if (helpers.has(imm)) used.add(imm);
		}
		if (opcode === LD_IMM64 && code.src[pc] === BPF_PSEUDO_FUNC) callbacks = true;
		if (opcode === (BPF_JMP | BPF_JCOND)) mayGoto = true;
		if ((opcode & 7) === BPF_LD && (mode === BPF_ABS || mode === BPF_IND)) packetLoads = true;
	}
	return { helpers: [...used], tailCalls, packetLoads, callbacks, mayGoto };
}

const FRAME = 0;
const MAX_PAGES = 32768;
const SIGNATURE = [I32, I64, I64, I64, I64, I64] as const;

export function compile(program: Program, options: CompileOptions): Compiled {
	return new Compiler(program, options).module();
}

class Compiler {
	readonly #program: Program;
	readonly #options: CompileOptions;
	readonly #survey: Survey;
	readonly #writer = new ModuleWriter();
	readonly #names: string[] = [];
	readonly #functions = new Map<number, number>();
	readonly #lookups = new Map<number, number>();
	readonly #bodies = new Map<number, Body>();
	readonly #unit: Unit;

	constructor(program: Program, options: CompileOptions) {
		this.#program = program;
		this.#options = options;
		this.#survey = survey(program);
		this.#unit = this.#imports();
	}

	module(): Compiled {
		const entries = functionEntries(this.#program.code);
		this.#defineLookups();
		for (const pc of entries) this.#declare(pc);
		for (const pc of entries) this.#function(pc);
		this.#run();
		if (this.#survey.callbacks) this.#enter();
		if (this.#options.batch) this.#batch();
		if (this.#survey.callbacks)
			for (const [pc, index] of this.#functions)
				this.#writer.element(this.#unit.ownTable, pc, index);
		this.#writer.export("main", this.#functions.get(0) ?? 0);
		return {
			bytes: this.#writer.bytes(),
			bodies: this.#bodies,
			names: this.#names,
			tailCalls: this.#survey.tailCalls,
		};
	}

	#imports(): Unit {
		const writer = this.#writer;
		const { helpers, tailCalls, packetLoads, callbacks } = this.#survey;
		writer.importMemory("memory", 1, MAX_PAGES);
		const programTable = tailCalls ? writer.importTable("programs") : 0;
		const ownTable = callbacks ? writer.table(this.#program.code.length) : 0;
		const at = new Map<number, { index: number; args: number }>();
		const trap = this.#import("trap", 2, []);
		const tail = tailCalls ? this.#import("tailCall", 2, [I32]) : 0;
		const packet = packetLoads ? this.#import("packetLoad", 3, [I32]) : 0;
		for (const id of helpers) {
			const helper = this.#program.helpers.get(id);
			if (!helper) continue;
			const index = this.#import(`helper${id}`, 2 * helper.args, [I32]);
			this.#names[index] = helper.name;
			at.set(id, { index, args: helper.args });
		}
		return {
			program: this.#program,
			code: this.#program.code,
			mailbox: this.#options.mailbox,
			fuel: this.#options.fuel,
			callbacks,
			signature: writer.type(SIGNATURE, [I64]),
			functionAt: (pc) => this.#functions.get(pc),
			helper: (id) => at.get(id),
			hashLookup: (handle) => this.#lookups.get(handle),
			trap,
			tailCall: () => tail,
			packetLoad: () => packet,
			ownTable,
			programTable,
		};
	}

	#import(name: string, args: number, results: readonly number[]): number {
		const type = this.#writer.type(new Array<number>(args).fill(I32), results);
		const index = this.#writer.importFunction(name, type);
		this.#names[index] = name;
		return index;
	}

	/** A lookup function for each hash map whose handle is loaded somewhere. */
	#defineLookups(): void {
		const { code, hashes } = this.#program;
		for (let pc = 0; pc < code.length && hashes; pc++) {
			if (code.opcode[pc] !== LD_IMM64 || code.src[pc] !== 0) continue;
			const handle = (code.imm[pc] ?? 0) >>> 0;
			const layout = hashes.get(handle);
			pc++;
			if (!layout || layout.keySize > LARGEST_KEY || this.#lookups.has(handle)) continue;
			const type = this.#writer.type([I32], [I32]);
			const index = this.#writer.define(type, hashLookup(layout));
			this.#names[index] = `lookup_${this.#lookups.size}`;
			this.#lookups.set(handle, index);
		}
	}

	#declare(pc: number): void {
		const body = new Body(SIGNATURE.length);
		const index = this.#writer.define(this.#unit.signature, body);
		this.#functions.set(pc, index);
		this.#bodies.set(pc, body);
		this.#names[index] = pc === 0 ? "main" : `function_${pc}`;
	}

	#function(pc: number): void {
		const body = this.#bodies.get(pc);
		if (!body) return;
		const registers = [0, 1, 2, 3, 4, 5];
		registers[0] = body.local(I64);
		for (let r = 6; r <= 9; r++) registers.push(body.local(I64));
		const f = new FunctionUnit(this.#unit, body, registers, FRAME, false);
		this.#prologue(f);
		compileControl(f, functionGraph(this.#program.code, pc));
	}

	#prologue(f: FunctionUnit): void {
		f.loadFuel();
		if (!this.#survey.mayGoto) return;
		f.body.const32(MAX_LOOPS);
		f.body.set(f.mayGoto);
	}

	#export(name: string, parameters: number, body: Body): void {
		const type = this.#writer.type(new Array<number>(parameters).fill(I32), [I32]);
		const index = this.#writer.define(type, body);
		this.#names[index] = name;
		this.#writer.export(name, index);
	}

	/** Pops r0 as i64; its low half is the result, the high half goes to the mailbox. */
	#result(body: Body): void {
		const result = body.local(I64);
		body.set(result);
		body.const32(0);
		body.get(result);
		body.const64(32, 0);
		body.op(OP.shru64);
		body.memory(OP.store32from64, this.#unit.mailbox + MAILBOX.high);
		body.get(result);
		body.op(OP.wrap);
	}

	/** run(frame, context) */
	#run(): void {
		const body = new Body(2);
		body.get(0);
		body.get(1);
		body.op(OP.extendU);
		for (let i = 0; i < 4; i++) body.const64(0, 0);
		body.call(this.#functions.get(0) ?? 0);
		this.#result(body);
		this.#export("run", 2, body);
	}

	/** enter(frame, pc, r1..r5): any function whose address is taken. */
	#enter(): void {
		const body = new Body(7);
		body.get(0);
		for (let i = 2; i <= 6; i++) {
			body.get(i);
			body.op(OP.extendS);
		}
		body.get(1);
		body.indirect(OP.callIndirect, this.#unit.signature, this.#unit.ownTable);
		this.#result(body);
		this.#export("enter", 7, body);
	}

	/** runMany(frame, context, count): the sum of the low halves of all results. */
	#batch(): void {
		const body = new Body(3);
		const sum = body.local(I32);
		const registers = Array.from({ length: 10 }, () => body.local(I64));
		const f = new FunctionUnit(this.#unit, body, registers, 0, true);
		body.open(OP.loop);
		body.get(1);
		body.op(OP.extendU);
		body.set(registers[1] ?? 0);
		if (this.#survey.tailCalls) this.#callMain(f);
		else {
			body.open(OP.block);
			this.#prologue(f);
			compileControl(f, functionGraph(this.#program.code, 0));
			body.op(OP.end);
		}
		body.get(sum);
		body.get(registers[0] ?? 0);
		body.op(OP.wrap);
		body.op(OP.add32);
		body.set(sum);
		body.get(2);
		body.const32(1);
		body.op(OP.sub32);
		body.tee(2);
		body.branch(OP.brIf, 0);
		body.op(OP.end);
		body.get(sum);
		this.#export("runMany", 3, body);
	}

	/** Calls main with a fresh count of tail calls. */
	#callMain(f: FunctionUnit): void {
		const { body } = f;
		body.const32(0);
		body.const32(0);
		body.memory(OP.store32, this.#unit.mailbox + MAILBOX.tailCalls);
		body.get(0);
		f.push64(1);
		for (let i = 0; i < 4; i++) body.const64(0, 0);
		body.call(this.#functions.get(0) ?? 0);
		f.pop64(0);
	}
}
