// What every panel asks: the program that is shown and its verdict.

import type { ProgramInfo, VerifyReply } from "../../../engine/workbench/protocol.ts";
import { currentProgram, useEngine } from "../../stores/engine.ts";
import { useProject } from "../../stores/workspace.ts";

export function useProgram(): ProgramInfo | undefined {
	const programs = useEngine((s) => s.built?.programs);
	return currentProgram(
		programs,
		useProject((p) => p.program),
	);
}

export function useReply(): VerifyReply | undefined {
	const program = useProgram();
	return useEngine((s) => (program ? s.verdicts[program.name] : undefined));
}

/** The registers that an instruction's text names, `w` forms as `r`. */
export function registersIn(text: string | undefined): ReadonlySet<string> {
	const names = text?.match(/\b[rw](?:10|\d)\b/g) ?? [];
	return new Set(names.map((n) => `r${n.slice(1)}`));
}
