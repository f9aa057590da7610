// Replies about programs that were not put to the verifier: what it says of them, and why.

import type { ProgramSpec } from "../object/index.ts";
import { faultCard } from "./explain/card.ts";
import type { BuiltProgram } from "./programs.ts";
import type { VerifyReply } from "./protocol.ts";

const BPF_PROG_TYPE_EXT = 28;

/** libbpf's words, and for extensions why it has them: the page loads no target program. */
function faultOf({ fault = "", needsTarget, type }: ProgramSpec): string {
	return needsTarget && type === BPF_PROG_TYPE_EXT
		? `${fault}: no target program was given (on the command line \`--target\` names one)`
		: fault;
}

/** libbpf gives up before Linux is asked. */
export function refused(revision: number, program: BuiltProgram): VerifyReply {
	const fault = faultOf(program.spec);
	const verdict = {
		kind: "rejected",
		message: `libbpf: ${fault}`,
		errno: 0,
		reason: "elf/refused",
	} as const;
	const card = faultCard(fault, program);
	return { ...undecided(revision, program.spec.name, ""), verdict, card };
}

export function undecided(revision: number, program: string, what: string): VerifyReply {
	return {
		revision,
		program,
		verdict: { kind: "unsupported", what },
		insnsProcessed: 0,
		totalStates: 0,
		peakStates: 0,
		timeMs: 0,
		visits: [],
		hints: [],
		logLines: 0,
	};
}
