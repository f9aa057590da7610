// What one verification knows and counts: the program, facts about each instruction, its functions and maps, the path
// being walked, the branches waiting, and the checkpoints passed. Everything else works on this.

import type { Proto } from "../abi/index.ts";
import type { Btf } from "../btf/index.ts";
import type { Code } from "../isa/index.ts";
import type { AttachTarget, LoadRequest } from "../object/index.ts";
import type { KernelNames, Target } from "./kernelnames.ts";
import type { Log } from "./log.ts";
import type { MapFacts } from "./maps.ts";
import type { StructTable } from "./record.ts";
import { Reg } from "./reg.ts";
import type { Frame } from "./state.ts";
import { State, topFrame } from "./state.ts";
import type { Names, Scratched } from "./text.ts";
import type { Trace } from "./trace.ts";

export const EPERM = 1;
export const ENOENT = 2;
export const ESRCH = 3;
export const E2BIG = 7;
export const EAGAIN = 11;
export const EACCES = 13;
export const EFAULT = 14;
export const EBUSY = 16;
export const EINVAL = 22;
export const ERANGE = 34;
export const EPROTO = 71;
export const EOPNOTSUPP = 95;
export const ENOTSUPP = 524;

/** Instructions that a verification may look at. */
export const COMPLEXITY_LIMIT = 1_000_000;
/** Branches that may wait at a time. */
export const JUMP_LIMIT = 8192;
/** Bytes of stack that a frame, and all frames together, may use. */
export const MAX_STACK = 512;
/** Offsets beyond this are never allowed. */
export const MAX_VAR_OFF = 1 << 29;

/** One argument of a function, as its type and tags make it. */
export type Argument =
	| { readonly kind: "scalar" }
	| { readonly kind: "context" }
	/** A dynptr that the function may not change. */
	| { readonly kind: "dynptr" }
	| { readonly kind: "memory"; readonly size: number; readonly orNull: boolean }
	/** Memory or a struct that may lie anywhere: it can be read only. */
	| { readonly kind: "untrusted"; readonly btf: number }
	/** A kernel struct, by its id. */
	| { readonly kind: "trusted"; readonly btf: number; readonly orNull: boolean }
	| { readonly kind: "arena" }
	| { readonly kind: "unsupported"; readonly what: string };

/** A function of the program: the main one, or one that is called. */
export interface Subprog {
	start: number;
	end: number;
	name: string;
	/** BTF id of the function, 0 when unknown. */
	typeId: number;
	isGlobal: boolean;
	/** Its BTF does not fit how it is called. */
	unreliable: boolean;
	stackDepth: number;
	hasTailCall: boolean;
	hasLdAbs: boolean;
	changesPacket: boolean;
	mightSleep: boolean;
	isCallback: boolean;
	isAsyncCallback: boolean;
	isExceptionCallback: boolean;
	/** Called from a verified function, so it must be verified itself (global ones). */
	called: boolean;
	fastcallOff: number;
	keepFastcall: boolean;
	postorderStart: number;
	postorderEnd: number;
	/** What its BTF says of its arguments, once that is known to fit. */
	arguments?: readonly Argument[];
}

/** A branch waiting to be walked. */
export interface Pending {
	readonly state: State;
	readonly pc: number;
	readonly prev: number;
	readonly logPosition: number;
}

/** A loop's visit by one chain of calls, and the paths that came back to where they had been. */
export interface LoopVisit {
	readonly chain: readonly number[];
	entry: State | undefined;
	backedges: State[];
	count: number;
}

/** The first message of a rejection, and the class it belongs to. */
export interface Failure {
	readonly errno: number;
	readonly reason: string;
	readonly pc: number;
}

/** Facts per instruction, one element a slot. */
class InsnFacts {
	readonly prune: Uint8Array;
	readonly jump: Uint8Array;
	readonly force: Uint8Array;
	readonly callsCallback: Uint8Array;
	readonly iterNext: Uint8Array;
	readonly fastcall: Uint8Array;
	readonly live: Uint16Array;
	readonly scc: Int32Array;
	readonly pointerType: Int32Array;
	/** Number of the map of an ld_imm64, 0 for none. */
	readonly map: Int32Array;
	readonly mapOff: Int32Array;
	/** Number of the map used by a helper call; -1 when several. */
	readonly helperMap: Int32Array;
	/** Calls of bpf_loop that the kernel inlines: 1, or 2 when it cannot after all. */
	readonly inlineLoop: Uint8Array;
	readonly visits: Uint32Array;
	/** Up to two successors of each instruction, -1 for none. */
	readonly next: Int32Array;
	/** Predecessors: those of `pc` lie in `previous` from `previousAt[pc]` up to `previousAt[pc + 1]`. */
	readonly previous: Int32Array;
	readonly previousAt: Int32Array;

	constructor(length: number) {
		this.prune = new Uint8Array(length);
		this.jump = new Uint8Array(length);
		this.force = new Uint8Array(length);
		this.callsCallback = new Uint8Array(length);
		this.iterNext = new Uint8Array(length);
		this.fastcall = new Uint8Array(length);
		this.live = new Uint16Array(length);
		this.scc = new Int32Array(length);
		this.pointerType = new Int32Array(length);
		this.map = new Int32Array(length);
		this.mapOff = new Int32Array(length);
		this.helperMap = new Int32Array(length);
		this.inlineLoop = new Uint8Array(length);
		this.visits = new Uint32Array(length);
		this.next = new Int32Array(2 * length).fill(-1);
		this.previous = new Int32Array(2 * length);
		this.previousAt = new Int32Array(length + 2);
	}
}

/** Two text sources of the environment, made by the caller that knows the tables. */
export interface Printer {
	insn(pc: number): string;
	lineIndex(pc: number): number;
	sameLine(a: number, b: number): boolean;
	lineText(index: number): string;
	btfName(type: number): string;
}

export interface Options {
	/** Bits 1 (failing path), 2 (everything), 4 (statistics). */
	readonly logLevel: number;
	readonly insnLimit: number;
	readonly shouldStop: (() => boolean) | undefined;
}

export class Env implements Names {
	/** What is judged. An extension gets the types of the program that it extends once it is attached. */
	request: LoadRequest;
	/** It replaces a function of a program. */
	isExtension = false;
	readonly code: Code;
	readonly options: Options;
	readonly facts: InsnFacts;
	readonly btf: Btf | undefined;
	/** Facts of the maps, inner ones last. The numbers that registers hold start at 1; 0 is none. */
	readonly maps: (MapFacts | undefined)[] = [undefined];
	readonly subprogs: Subprog[] = [];
	readonly strict: boolean;
	readonly testStateFreq: boolean;
	readonly testInvariants: boolean;
	readonly sleepable: boolean;
	readonly gpl: boolean;
	readonly #printer: Printer;
	/** The kernel's types, what programs may call of them, and structs found by name. */
	kernel: Btf | undefined = undefined;
	readonly names: KernelNames = { kfuncs: new Map(), structs: new Map() };
	/** What the program is attached to, when BTF says so. */
	target: Target | undefined = undefined;
	/** The kernel's variables can be found by name. */
	dataSymbols = true;
	/** End of the farthest access to the context. */
	maxCtxOffset = 0;
	/** Number of the arena's facts, 0 when the program has none. */
	arena = 0;
	/** Function that bpf_throw calls, 0 for the kernel's own. */
	exceptionCallback = 0;
	/** Special fields of structs of the program's BTF. */
	structs: StructTable | undefined = undefined;
	log: Log | undefined = undefined;
	trace: Trace | undefined = undefined;

	postorder: Int32Array = new Int32Array(0);
	loops: LoopVisit[][] = [];

	/** The path being walked. */
	cur: State = new State();
	pc = 0;
	prevPc = -1;
	/** History entry of the current instruction, -1 when it has none yet. */
	historyEntry = -1;
	readonly pending: Pending[] = [];
	readonly explored: (State[] | undefined)[];
	/** Sets of registers that changed together, as the history refers to them. */
	readonly linkedSets: Uint16Array[] = [];
	readonly statePool: State[] = [];
	/** Prototypes of the helpers seen, by number. */
	readonly protos = new Map<number, Proto>();

	idGen = 0;
	insnProcessed = 0;
	jumpsProcessed = 0;
	prevInsnProcessed = 0;
	prevJumpsProcessed = 0;
	maxStatesPerInsn = 0;
	totalStates = 0;
	peakStates = 0;
	exploredCount = 0;
	evictedCount = 0;
	backedgeCount = 0;
	/** The function being verified: 0, or a global one. */
	entrySubprog = 0;

	/** Registers that are no program's: the immediate operand, a copy of it, an offset. */
	readonly operand = new Reg();
	readonly operandTwin = new Reg();
	readonly offset = new Reg();

	readonly scratched: Scratched = { regs: 0, stackLo: 0, stackHi: 0 };
	readonly messages: string[] = [];
	failure: Failure | undefined = undefined;
	unsupported: string | undefined = undefined;
	stopped = false;

	constructor(request: LoadRequest, options: Options, printer: Printer, btf: Btf | undefined) {
		this.request = request;
		this.code = request.code;
		this.options = options;
		this.#printer = printer;
		this.btf = btf;
		this.facts = new InsnFacts(request.code.length);
		this.explored = new Array<State[] | undefined>(request.code.length);
		this.strict = (request.flags & 1) !== 0 && (request.flags & 2) === 0;
		this.testStateFreq = (request.flags & 8) !== 0;
		this.sleepable = (request.flags & 16) !== 0;
		this.testInvariants = (request.flags & 128) !== 0;
		this.gpl = isGplCompatible(request.license);
	}

	/** From here on an extension is judged as a program of the type that it extends. */
	takeOver({ type, expectedAttachType }: AttachTarget): void {
		this.isExtension = true;
		this.request = { ...this.request, type, expectedAttachType };
		this.protos.clear();
		this.names.kfuncs.clear();
	}

	/** Rejects with `errno`: keeps the message, prints it, gives the negative number back. */
	fail(errno: number, reason: string, message: string, end = "\n"): number {
		this.note(`${message}${end}`);
		this.failure ??= { errno, reason, pc: this.pc };
		return -errno;
	}

	/** Text that is printed at every log level, whole lines or parts. */
	note(text: string): void {
		this.messages.push(text);
		this.log?.write(text);
	}

	/** Skep gives up: not a rejection. */
	giveUp(what: string): number {
		this.unsupported ??= what;
		return -ENOTSUPP;
	}

	insnText(pc: number): string {
		return this.#printer.insn(pc);
	}

	lineIndex(pc: number): number {
		return this.#printer.lineIndex(pc);
	}

	sameLine(a: number, b: number): boolean {
		return this.#printer.sameLine(a, b);
	}

	lineText(index: number): string {
		return this.#printer.lineText(index);
	}

	mapText(map: number): string {
		return this.maps[map]?.text ?? "";
	}

	mapName(map: number): string {
		return this.maps[map]?.spec.name ?? "";
	}

	valueSize(map: number): number {
		return this.maps[map]?.spec.valueSize ?? 0;
	}

	btfName(type: number): string {
		return this.#printer.btfName(type);
	}

	clearScratched(): void {
		this.scratched.regs = 0;
		this.scratched.stackLo = 0;
		this.scratched.stackHi = 0;
	}

	scratchAll(): void {
		this.scratched.regs = -1;
		this.scratched.stackLo = -1;
		this.scratched.stackHi = -1;
	}

	scratchReg(reg: number): void {
		this.scratched.regs |= 1 << reg;
	}

	scratchSlot(spi: number): void {
		if (spi < 32) this.scratched.stackLo |= 1 << spi;
		else this.scratched.stackHi |= 1 << (spi & 31);
	}

	/** A state to fill: from the pool, or new. */
	takeState(): State {
		return this.statePool.pop() ?? new State();
	}

	freeState(state: State): void {
		state.parent = undefined;
		state.equal = undefined;
		state.refs = [];
		state.hits = 0;
		state.misses = 0;
		state.evicted = false;
		state.historyCount = 0;
		this.statePool.push(state);
	}
}

/** Register `index` of the function in which the path stands. */
export function curReg(env: Env, index: number): Reg {
	return topFrame(env.cur).regs[index] as Reg;
}

/** The frame that a stack pointer points into. */
export function frameOfPointer(env: Env, reg: Reg): Frame {
	return env.cur.frames[reg.frameno] as Frame;
}

/** The function that instruction `pc` belongs to. */
export function subprogAt(env: Env, pc: number): number {
	let low = 0;
	let high = env.subprogs.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((env.subprogs[middle] as Subprog).start <= pc) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** The function that starts at `pc`, or -1. */
export function subprogStarting(env: Env, pc: number): number {
	const index = subprogAt(env, pc);
	return env.subprogs[index]?.start === pc ? index : -1;
}

const gplLicenses = new Set([
	"GPL",
	"GPL v2",
	"GPL and additional rights",
	"Dual BSD/GPL",
	"Dual MIT/GPL",
	"Dual MPL/GPL",
]);

/** license_is_gpl_compatible of include/linux/license.h. */
function isGplCompatible(license: string): boolean {
	return gplLicenses.has(license);
}
