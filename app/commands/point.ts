// Moves the one cursor: from a source line, an instruction, a packet or the debugger.

import type { DebugState, ProgramInfo } from "../../engine/workbench/protocol.ts";
import { cursor } from "../stores/cursor.ts";
import { currentProgram, engineMirror } from "../stores/engine.ts";
import { workspace } from "../stores/workspace.ts";
import { showState } from "./session.ts";

function program(): ProgramInfo | undefined {
	return currentProgram(
		engineMirror.getState().built?.programs,
		workspace.getState().project.program,
	);
}

export function pointAtLine(file: string, line: number, column: number): void {
	const former = cursor.getState();
	const row = program()?.listing.find((r) => r.file === file && r.line === line);
	const stays = former.file === file && former.line === line && former.pc !== undefined;
	const pc = stays ? former.pc : row?.pc;
	cursor.setState({ file, line, column, pc, by: "editor", visit: stays ? former.visit : 1 });
	if (pc !== former.pc) void showState();
}

export function pointAtInsn(pc: number, by: string, visit = 1): void {
	const row = program()?.listing.find((r) => r.pc === pc);
	const place = row?.line === undefined ? {} : { file: row.file, line: row.line, column: 1 };
	cursor.setState({ ...place, pc, visit, by });
	void showState();
}

export function pointAtPacket(packet: number): void {
	cursor.setState({ packet });
}

/** Follows the debugger to where it paused. */
export function pointAtPause(state: DebugState): void {
	const place = state.line === undefined ? {} : { file: state.file, line: state.line, column: 1 };
	cursor.setState({ ...place, pc: state.pc, packet: state.packet, visit: 1, by: "debug" });
	void showState();
}
