// Walks all paths of one function, depth first, until none is left or one is rejected (do_check of the kernel).

import type { Env } from "./env.ts";
import { E2BIG, EAGAIN, EFAULT } from "./env.ts";
import { FUNCTION_LEFT, PROGRAM_LEFT } from "./exit.ts";
import { record } from "./history.ts";
import { finishPath, popBranch } from "./paths.ts";
import { visit } from "./prune.ts";
import type { Tools } from "./step.ts";
import { step } from "./step.ts";

/** Steps between two looks at whether to stop. */
const POLL = 1024;

/** Walks from `env.pc` on. 0 when every path is fine, else a negative error number. */
export function walk(env: Env, tools: Tools): number {
	let resumed = false;
	// At level 1 nothing prints the state, and so nothing forgets that it was to be printed.
	const forgets = env.log === undefined || env.log.all;
	for (;;) {
		const result = advance(env, tools, resumed);
		if (result < 0) return result;
		if (forgets) resumed = false;
		if (result !== PATH_DONE) {
			if (result === RETURNED) resumed = true;
			continue;
		}
		env.scratchAll();
		const error = finishPath(env, tools.precision);
		if (error < 0) return error;
		tools.live.update();
		if (!popBranch(env)) return 0;
		resumed = true;
	}
}

const GO_ON = 0;
const PATH_DONE = 1;
/** Back from a function: the log prints the whole state. */
const RETURNED = 2;

/** One instruction, with what comes before it. */
function advance(env: Env, tools: Tools, resumed: boolean): number {
	const { cur, pc } = env;
	env.historyEntry = -1;
	if (pc >= env.code.length)
		return env.fail(EFAULT, "internal/pc", `invalid insn idx ${pc} insn_cnt ${env.code.length}`);
	if (++env.insnProcessed > env.options.insnLimit)
		return env.fail(
			E2BIG,
			"limit/instructions",
			`BPF program is too large. Processed ${env.insnProcessed} insn`,
		);
	cur.lastInsn = env.prevPc;
	cur.insn = pc;
	const { facts } = env;
	if (facts.prune[pc] === 1) {
		const covered = visit(env, tools, pc);
		if (covered < 0) return covered;
		if (covered === 1) {
			if (env.log?.steps) env.log.pruned(env.prevPc, pc, resumed);
			return PATH_DONE;
		}
	}
	if (facts.jump[pc] === 1) record(env, cur, 0, 0);
	if ((env.insnProcessed & (POLL - 1)) === 0 && env.options.shouldStop?.()) {
		env.stopped = true;
		return -EAGAIN;
	}
	facts.visits[pc] = (facts.visits[pc] as number) + 1;
	env.trace?.visited(env);
	if (env.log?.steps) {
		if (resumed && env.log.all) env.log.resume(env.prevPc, pc, cur);
		env.log.visit(pc, cur);
	}
	return execute(env, tools, pc);
}

function execute(env: Env, tools: Tools, pc: number): number {
	tools.live.beginWrites(pc);
	const result = step(env, tools);
	if (result < 0) return result;
	tools.live.commitWrites();
	if (result === PROGRAM_LEFT) return PATH_DONE;
	env.prevPc = pc;
	env.pc++;
	return result === FUNCTION_LEFT ? RETURNED : GO_ON;
}
