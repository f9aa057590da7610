// Who wrote each byte of a range: found by running again and looking at every write, and at what helpers changed.

import type { Session } from "../vm/index.ts";

export interface Writers {
	/** Instruction that last wrote each byte; -1 for none. */
	readonly pc: Int32Array;
	/** Instructions executed before that write; -1 for none. */
	readonly step: Float64Array;
}

/** Runs `session` from where it stands to step `end`. */
export function findWriters(session: Session, address: number, size: number, end: number): Writers {
	const pc = new Int32Array(size).fill(-1);
	const step = new Float64Array(size).fill(-1);
	const log = session.onAccess;
	const record = (from: number, to: number, at: number, when: number) => {
		for (let i = Math.max(from, 0); i < Math.min(to, size); i++) {
			pc[i] = at;
			step[i] = when;
		}
	};
	let when = session.steps;
	session.onAccess = (at, length, write, by) => {
		if (write) record(at - address, at - address + length, by, when);
	};
	const bytes = () => session.memory.u8.subarray(address, address + size);
	while (session.steps < end && !session.result) {
		when = session.steps;
		const at = session.pc;
		const { code } = session.program;
		const calls = code.opcode[at] === 0x85 && code.src[at] === 0;
		const before = calls ? bytes().slice() : undefined;
		session.step();
		if (!before) continue;
		const after = bytes();
		for (let i = 0; i < size; i++) if (before[i] !== after[i]) record(i, i + 1, at, when);
	}
	session.onAccess = log;
	return { pc, step };
}
