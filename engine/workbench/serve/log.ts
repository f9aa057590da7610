// A verifier's log cut to the room that a request gives: its end is kept, or its beginning with BPF_LOG_FIXED.

import { fromUtf8, utf8 } from "../../base/index.ts";

const BPF_LOG_FIXED = 8;

export interface LogRoom {
	readonly level: number;
	/** Bytes, the final zero included; 0: no log is wanted. */
	readonly size: number;
}

export interface FittedLog {
	/** The log did not fit: ENOSPC. */
	readonly cut: boolean;
	readonly fields: { readonly log: string; readonly log_true_size?: number };
}

/** `bytes` are those of `log`; UTF-8 unless given. `peak`: what it took at most, the final zero included, when that was more. */
export function fitLog(
	log: string,
	{ level, size }: LogRoom,
	bytes: Uint8Array = level === 0 ? new Uint8Array() : utf8(log),
	peak = 0,
): FittedLog {
	if (level === 0) return { cut: false, fields: { log: "" } };
	const { length } = bytes;
	const log_true_size = Math.max(length + (length ? 1 : 0), peak);
	if (size === 0) return { cut: false, fields: { log: "", log_true_size } };
	if (length < size) return { cut: log_true_size > size, fields: { log, log_true_size } };
	const kept =
		level & BPF_LOG_FIXED ? bytes.subarray(0, size - 1) : bytes.subarray(length - size + 1);
	return { cut: true, fields: { log: fromUtf8(kept), log_true_size } };
}
