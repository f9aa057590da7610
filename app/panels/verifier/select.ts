// Which windows of the log to fetch, and what the panel's heads say. Pure.

import type { VerifyReply, VisitState } from "../../../engine/workbench/protocol.ts";
import { milliseconds } from "../../stores/verdict.ts";

export const windowSize = 200;

/** First lines of the windows that cover a view and are not there yet. */
export function missingWindows(
	have: ReadonlySet<number>,
	first: number,
	last: number,
): readonly number[] {
	const found: number[] = [];
	for (let w = Math.floor(first / windowSize); w * windowSize < last; w++)
		if (!have.has(w * windowSize)) found.push(w * windowSize);
	return found;
}

export function summary(reply: VerifyReply): string {
	return `${reply.insnsProcessed} insns, ${reply.totalStates} states, ${milliseconds(reply.timeMs)}`;
}

/** The registers whose state differs between visits, or all that the instruction uses when there is one visit. */
export function tellingRegisters(
	states: readonly VisitState[],
	used: ReadonlySet<string>,
): readonly string[] {
	const names = states[0]?.registers.map((r) => r.name) ?? [];
	const differ = names.filter((name) => new Set(states.map((s) => textOf(s, name))).size > 1);
	const wanted = [...names.filter((n) => used.has(n)), ...differ.filter((n) => !used.has(n))];
	return wanted.slice(0, 3);
}

export function textOf(state: VisitState, register: string): string {
	return state.registers.find((r) => r.name === register)?.text ?? "–";
}

/** Error lines of the log are the verifier's own words about the rejection: neither instruction nor state. */
export function isError(line: string, message: string | undefined): boolean {
	return message !== undefined && line !== "" && message.includes(line);
}
