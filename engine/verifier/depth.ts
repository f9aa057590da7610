// Stack used by a chain of calls (check_max_stack_depth of the kernel), and spills that the kernel removes around
// helpers that it inlines (mark_fastcall_patterns, remove_fastcall_spills_fills).

import { KF_FASTCALL } from "../abi/index.ts";
import * as isa from "../isa/index.ts";
import { LOOP, protoOf } from "./callees.ts";
import type { Env, Subprog } from "./env.ts";
import { E2BIG, EACCES, EINVAL, MAX_STACK, subprogStarting } from "./env.ts";
import { callsKfunc, kfuncAt } from "./kfuncs.ts";
import { remainingMayGotos } from "./nops.ts";
import { MAX_FRAMES } from "./state.ts";
import { isHelperCall, isPseudoCall, isPseudoFunc } from "./subprogs.ts";

/** Program types whose big frames get a stack of their own. */
const privateStackTypes = new Set([2, 5, 7, 17]);
const PRIVATE_STACK_MIN = 64;
const [TRACING, TRACE_ITER] = [26, 28];

function mayHavePrivateStack({ request, isExtension }: Env): boolean {
	if (isExtension) return false;
	if (request.type === TRACING) return request.expectedAttachType !== TRACE_ITER;
	return privateStackTypes.has(request.type);
}

function rounded(depth: number): number {
	return Math.ceil(depth / 16) * 16;
}

interface Return {
	readonly pc: number;
	readonly subprog: number;
}

/** The walk over all calls, from one entry. */
class DepthWalk {
	readonly env: Env;
	readonly privateStack: boolean;
	readonly own: Set<number>;
	readonly returns: Return[] = [];
	depth = 0;

	constructor(env: Env, privateStack: boolean, own: Set<number>) {
		this.env = env;
		this.privateStack = privateStack;
		this.own = own;
	}

	/** Enters function `index`. */
	enter(index: number): number {
		const { env } = this;
		const subprog = env.subprogs[index] as Subprog;
		if (
			subprog.hasLdAbs &&
			(subprog.isCallback || this.returns.some((r) => env.subprogs[r.subprog]?.isCallback))
		)
			return env.fail(EINVAL, "callback/ld-abs", "cannot use BPF_LD_[ABS|IND] within callback");
		if (index !== 0 && subprog.hasTailCall && this.depth >= 256)
			return env.fail(
				EACCES,
				"stack/tail-call",
				`tail_calls are not allowed when call stack of previous frames is ${this.depth} bytes. Too large`,
			);
		const size = rounded(subprog.stackDepth);
		if (this.privateStack && size >= PRIVATE_STACK_MIN) this.own.add(index);
		if (this.own.has(index)) {
			if (size <= MAX_STACK) return 0;
			return env.fail(
				EACCES,
				"stack/too-deep",
				`stack size of subprog ${index} is ${size}. Too large`,
			);
		}
		this.depth += size;
		if (this.depth <= MAX_STACK) return 0;
		return env.fail(
			EACCES,
			"stack/too-deep",
			`combined stack size of ${this.returns.length + 1} calls is ${this.depth}. Too large`,
		);
	}

	run(entry: number): number {
		const { env } = this;
		let index = entry;
		let pc = (env.subprogs[index] as Subprog).start;
		let error = this.enter(index);
		while (error === 0) {
			const { end } = env.subprogs[index] as Subprog;
			while (pc < end && !this.calls(pc)) {
				const thrown = this.checkThrow(pc, index);
				if (thrown < 0) return thrown;
				pc++;
			}
			if (pc < end) {
				this.returns.push({ pc: pc + 1, subprog: index });
				pc += (env.code.imm[pc] as number) + 1;
				index = subprogStarting(env, pc);
				if (env.subprogs[index]?.isExceptionCallback)
					return env.fail(
						EINVAL,
						"exception/callback",
						`insn ${(this.returns.at(-1)?.pc ?? 1) - 1} cannot call exception cb directly`,
						"",
					);
				if (this.returns.length >= MAX_FRAMES)
					return env.fail(
						E2BIG,
						"call/too-deep",
						`the call stack of ${this.returns.length} frames is too deep !`,
					);
				error = this.enter(index);
				continue;
			}
			const back = this.returns.pop();
			if (!back) return 0;
			if (!this.own.has(index)) this.depth -= rounded((env.subprogs[index] as Subprog).stackDepth);
			pc = back.pc;
			index = back.subprog;
		}
		return error;
	}

	/** No function that the kernel calls back may throw. */
	checkThrow(pc: number, index: number): number {
		const { env } = this;
		if (!callsKfunc(env, pc, "bpf_throw")) return 0;
		const chain = [index, ...this.returns.map((r) => r.subprog)];
		if (!chain.some((i) => env.subprogs[i]?.isCallback)) return 0;
		return env.fail(
			EINVAL,
			"exception/in-callback",
			`bpf_throw kfunc (insn ${pc}) cannot be called from callback subprog ${index}`,
		);
	}

	/** Whether the instruction enters another function on this stack. */
	calls(pc: number): boolean {
		const { env } = this;
		if (isPseudoCall(env, pc)) return true;
		if (!isPseudoFunc(env, pc)) return false;
		const target = subprogStarting(env, pc + (env.code.imm[pc] as number) + 1);
		return env.subprogs[target]?.isAsyncCallback === false;
	}
}

export function checkStackDepth(env: Env): number {
	const tailCalls = env.subprogs.some((s) => s.hasTailCall);
	const privateStack = !tailCalls && mayHavePrivateStack(env);
	const own = new Set<number>();
	for (let i = env.subprogs.length - 1; i >= 0; i--) {
		if (i !== 0 && !(env.subprogs[i] as Subprog).isAsyncCallback) continue;
		const error = new DepthWalk(env, i === 0 && privateStack, own).run(i);
		if (error < 0) return error;
	}
	return 0;
}

/** Helpers that the x86 just-in-time compiler inlines. */
const inlined = new Set([8, 35, 158]);

interface Clobbers {
	readonly arguments: number;
	readonly returns: boolean;
	/** The call leaves other registers alone. */
	readonly fastcall: boolean;
}

/** get_call_summary. */
function clobbersOf(env: Env, pc: number): Clobbers | undefined {
	if (isHelperCall(env, pc)) {
		const id = env.code.imm[pc] as number;
		const proto = protoOf(env, id);
		return (
			proto && {
				arguments: proto.args.length,
				returns: proto.ret.kind !== "RET_VOID",
				fastcall: proto.fastcall === true && inlined.has(id),
			}
		);
	}
	const kfunc = kfuncAt(env, pc);
	return (
		kfunc && {
			arguments: kfunc.params.length,
			returns: kfunc.returns !== 0,
			fastcall: (kfunc.flags & KF_FASTCALL) !== 0,
		}
	);
}

/** mark_fastcall_patterns: spills before and fills after a helper that leaves registers alone. */
export function markFastcalls(env: Env): void {
	const { code } = env;
	for (const subprog of env.subprogs) {
		let lowest = 0;
		for (let pc = subprog.start; pc < subprog.end; pc++)
			if (code.opcode[pc] === STX_DW && code.dst[pc] === 10)
				lowest = Math.min(lowest, code.off[pc] as number);
		for (let pc = subprog.start; pc < subprog.end; pc++) markPattern(env, subprog, pc, lowest);
	}
}

const STX_DW = isa.BPF_STX | isa.BPF_MEM | isa.BPF_DW;
const LDX_DW = isa.BPF_LDX | isa.BPF_MEM | isa.BPF_DW;
/** Mark of a spill or fill; the call's mark is the number of pairs plus this. */
const PATTERN = 1;

function markPattern(env: Env, subprog: Subprog, call: number, lowest: number): void {
	const { code, facts } = env;
	const clobbers = clobbersOf(env, call);
	if (!clobbers) return;
	let clobbered = 0;
	for (let r = clobbers.returns ? 0 : 1; r <= clobbers.arguments; r++) clobbered |= 1 << r;
	let expected = ~clobbered & 0x3f;
	let off = lowest;
	let pairs = 0;
	for (let i = 1; i <= 6; i++, off += 8) {
		const spill = call - i;
		const fill = call + i;
		if (spill < 0 || fill >= code.length) break;
		if (code.opcode[spill] !== STX_DW || code.opcode[fill] !== LDX_DW) break;
		if (code.dst[spill] !== 10 || code.src[fill] !== 10) break;
		const reg = code.src[spill] as number;
		if (reg !== code.dst[fill] || ((expected >>> reg) & 1) === 0) break;
		if (code.off[spill] !== off || code.off[fill] !== off) break;
		expected &= ~(1 << reg);
		facts.fastcall[spill] = PATTERN;
		facts.fastcall[fill] = PATTERN;
		pairs = i;
	}
	if (pairs === 0) return;
	if (clobbers.fastcall) facts.fastcall[call] = PATTERN + pairs;
	else subprog.keepFastcall = true;
	subprog.fastcallOff = Math.min(subprog.fastcallOff, off);
}

/** remove_fastcall_spills_fills, as far as it shows: the stack that is left. */
export function dropFastcalls(env: Env): void {
	for (const subprog of env.subprogs) {
		let dropped = false;
		for (let pc = subprog.start; pc < subprog.end; pc++)
			if ((env.facts.fastcall[pc] as number) > PATTERN) dropped = true;
		if (dropped && !subprog.keepFastcall) subprog.stackDepth = -subprog.fastcallOff;
	}
}

const LOOP_STACK = 24;
const MAY_GOTO_STACK = 16;

/** Stack that the kernel's rewrites add: counters of inlined bpf_loop calls and of may_goto. */
export function addRewriteStack(env: Env): void {
	const mayGotos = remainingMayGotos(env);
	for (const subprog of env.subprogs) {
		let loop = false;
		for (let pc = subprog.start; pc < subprog.end; pc++) {
			if (env.facts.visits[pc] === 0) continue;
			if (isHelperCall(env, pc) && env.code.imm[pc] === LOOP && env.facts.inlineLoop[pc] === 1)
				loop = true;
		}
		if (loop) subprog.stackDepth = Math.ceil(subprog.stackDepth / 8) * 8 + LOOP_STACK;
		if (mayGotos.some((pc) => pc >= subprog.start && pc < subprog.end))
			subprog.stackDepth += MAY_GOTO_STACK;
	}
}
