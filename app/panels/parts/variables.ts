// Which variable of the source each register and stack slot holds before an instruction.

import type { ProgramInfo } from "../../../engine/workbench/protocol.ts";
import { useCursor } from "../../stores/cursor.ts";
import { useEngine } from "../../stores/engine.ts";
import { useProgram } from "./current.ts";

export interface Held {
	/** `r6` → `data`. */
	readonly registers: ReadonlyMap<string, string>;
	/** `r1` → `struct xdp_md *ctx`, where the type is known. */
	readonly declared: ReadonlyMap<string, string>;
	/** Names in the eight bytes from an offset of r10 on. */
	readonly slot: (offset: number) => string | undefined;
}

export function variablesAt(program: ProgramInfo | undefined, pc: number | undefined): Held {
	const here = (program?.variables ?? []).filter(
		(v) => pc !== undefined && v.start <= pc && pc < v.end,
	);
	return {
		registers: new Map(
			here.flatMap((v) => (v.register === undefined ? [] : [[`r${v.register}`, v.name]])),
		),
		declared: new Map(
			here.flatMap((v) =>
				v.register === undefined || v.declaration === undefined
					? []
					: [[`r${v.register}`, v.declaration]],
			),
		),
		slot: (offset) => {
			const inside = here.filter(
				(v) => v.stack !== undefined && v.stack >= offset && v.stack < offset + 8,
			);
			const names = new Set(inside.map((v) => v.name));
			return names.size > 0 ? [...names].join(", ") : undefined;
		},
	};
}

/** What is held where the debugger paused, or at the cursor. */
export function useVariables(): Held {
	const shown = useProgram();
	const debug = useEngine((s) => s.debug);
	const running = useEngine((s) => s.built?.programs.find((p) => p.name === s.debug?.program));
	const pc = useCursor((c) => c.pc);
	return debug ? variablesAt(running ?? shown, debug.pc) : variablesAt(shown, pc);
}
