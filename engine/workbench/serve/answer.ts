// The shapes of answers: success, and failure with the stage at which it went wrong.

import { errnoName } from "../../abi/index.ts";

export type Answer = Readonly<Record<string, unknown>>;

/** Where a request failed; `request`: the kernel was not asked. */
export type Stage = "request" | "btf" | "map" | "map_init" | "prog" | "run";

export const done: Answer = { ok: true, errno: 0, err: "" };

/** `number` is a positive errno, 0 when there is no answer of Linux. */
export function failed(number: number, stage: Stage, more: Answer = {}): Answer {
	const err = number === 0 ? "" : (errnoName(number) ?? `E${number}`);
	return { ok: false, errno: number, err, stage, ...more };
}

/** The answer ends the request from inside it. */
export class Failed extends Error {
	readonly answer: Answer;

	constructor(answer: Answer) {
		super("request failed");
		this.answer = answer;
	}
}
