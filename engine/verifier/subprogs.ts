// Splits the program into functions and checks that each one is closed: jumps stay inside, the last instruction leaves
// (add_subprog_and_kfunc, check_subprogs of the kernel).

import * as isa from "../isa/index.ts";
import type { Env, Subprog } from "./env.ts";
import { E2BIG, EINVAL } from "./env.ts";
import { findExceptionCallback } from "./exception.ts";
import { checkKfuncCall } from "./kfuncs.ts";

const MAX_SUBPROGS = 256;

/** BPF_FUNC_tail_call. */
export const TAIL_CALL = 12;

/** Whether the instruction calls a function of the program. */
export function isPseudoCall(env: Env, pc: number): boolean {
	return env.code.opcode[pc] === (isa.BPF_JMP | isa.BPF_CALL) && env.code.src[pc] === 1;
}

/** Whether the instruction takes the address of a function of the program. */
export function isPseudoFunc(env: Env, pc: number): boolean {
	return env.code.opcode[pc] === isa.LD_IMM64 && env.code.src[pc] === isa.BPF_PSEUDO_FUNC;
}

export function isKfuncCall(env: Env, pc: number): boolean {
	return (
		env.code.opcode[pc] === (isa.BPF_JMP | isa.BPF_CALL) &&
		env.code.src[pc] === isa.BPF_PSEUDO_KFUNC_CALL
	);
}

export function isHelperCall(env: Env, pc: number): boolean {
	return env.code.opcode[pc] === (isa.BPF_JMP | isa.BPF_CALL) && env.code.src[pc] === 0;
}

/** Distance of a jump: the offset, or the immediate of the long form. */
export function jumpOffset(env: Env, pc: number): number {
	return env.code.opcode[pc] === (isa.BPF_JMP32 | isa.BPF_JA)
		? (env.code.imm[pc] as number)
		: (env.code.off[pc] as number);
}

/** Finds the functions, in the order of their instructions. */
export function findSubprogs(env: Env): number {
	const starts = new Set<number>([0]);
	for (let pc = 0; pc < env.code.length; pc++) {
		if (isKfuncCall(env, pc)) {
			const error = checkKfuncCall(env, pc);
			if (error >= 0) continue;
			addSubprogs(env, starts);
			return error;
		}
		if (!isPseudoCall(env, pc) && !isPseudoFunc(env, pc)) continue;
		const target = pc + (env.code.imm[pc] as number) + 1;
		if (target < 0 || target >= env.code.length) {
			addSubprogs(env, starts);
			env.pc = pc;
			return env.fail(EINVAL, "program/call-target", "call to invalid destination");
		}
		starts.add(target);
		if (starts.size > MAX_SUBPROGS)
			return env.fail(E2BIG, "program/too-many-functions", "too many subprograms");
	}
	const callback = findExceptionCallback(env);
	if (callback < 0) {
		addSubprogs(env, starts);
		return callback;
	}
	if (callback > 0) starts.add(callback);
	addSubprogs(env, starts);
	if (callback > 0) {
		env.exceptionCallback = env.subprogs.findIndex((s) => s.start === callback);
		const subprog = env.subprogs[env.exceptionCallback];
		if (subprog) {
			subprog.isExceptionCallback = true;
			subprog.isCallback = true;
			subprog.isAsyncCallback = true;
		}
	}
	if (env.log?.all)
		for (const [i, s] of env.subprogs.entries()) env.log.write(`func#${i} @${s.start}\n`);
	return 0;
}

function addSubprogs(env: Env, starts: ReadonlySet<number>): void {
	const sorted = [...starts].sort((a, b) => a - b);
	sorted.forEach((start, i) => {
		env.subprogs.push(newSubprog(env, start, sorted[i + 1] ?? env.code.length));
	});
}

function newSubprog(env: Env, start: number, end: number): Subprog {
	const info = env.request.functions.find((f) => f.insn === start);
	const type = info && env.btf ? env.btf.types[info.typeId] : undefined;
	return {
		start,
		end,
		name: type?.kind === "func" ? type.name : (info?.name ?? ""),
		typeId: type?.kind === "func" ? (info?.typeId ?? 0) : 0,
		isGlobal: type?.kind === "func" && type.linkage === "global",
		unreliable: false,
		stackDepth: 0,
		hasTailCall: false,
		hasLdAbs: false,
		changesPacket: false,
		mightSleep: false,
		isCallback: false,
		isAsyncCallback: false,
		isExceptionCallback: false,
		called: false,
		fastcallOff: 0,
		keepFastcall: false,
		postorderStart: 0,
		postorderEnd: 0,
	};
}

/** Checks that no jump leaves its function and that none falls through into the next. */
export function checkSubprogs(env: Env): number {
	for (const subprog of env.subprogs) {
		for (let pc = subprog.start; pc < subprog.end; pc++) {
			env.pc = pc;
			const error = checkJump(env, subprog, pc);
			if (error < 0) return error;
		}
		const last = env.code.opcode[subprog.end - 1];
		if (
			last !== (isa.BPF_JMP | isa.BPF_EXIT) &&
			last !== (isa.BPF_JMP32 | isa.BPF_JA) &&
			last !== (isa.BPF_JMP | isa.BPF_JA)
		)
			return env.fail(EINVAL, "program/fall-through", "last insn is not an exit or jmp");
	}
	return 0;
}

function checkJump(env: Env, subprog: Subprog, pc: number): number {
	const opcode = env.code.opcode[pc] as number;
	if (isHelperCall(env, pc) && env.code.imm[pc] === TAIL_CALL) subprog.hasTailCall = true;
	const cls = opcode & 7;
	if (cls === isa.BPF_LD) {
		const mode = opcode & 0xe0;
		if (mode === isa.BPF_ABS || mode === isa.BPF_IND) subprog.hasLdAbs = true;
	}
	if (cls !== isa.BPF_JMP && cls !== isa.BPF_JMP32) return 0;
	const op = opcode & 0xf0;
	if (op === isa.BPF_EXIT || op === isa.BPF_CALL) return 0;
	const target = pc + jumpOffset(env, pc) + 1;
	if (target < subprog.start || target >= subprog.end)
		return env.fail(
			EINVAL,
			"program/jump-out-of-range",
			`jump out of range from insn ${pc} to ${target}`,
		);
	return 0;
}

/** Without BTF, only the main program may use LD_ABS or tail calls (check_abnormal_return). */
export function checkAbnormalReturn(env: Env): number {
	for (const subprog of env.subprogs.slice(1)) {
		if (subprog.hasLdAbs)
			return env.fail(
				EINVAL,
				"program/ld-abs-in-subprog",
				"LD_ABS is not allowed in subprogs without BTF",
			);
		if (subprog.hasTailCall)
			return env.fail(
				EINVAL,
				"program/tail-call-in-subprog",
				"tail_call is not allowed in subprogs without BTF",
			);
	}
	return 0;
}
