// The Output panel's rows: log lines since the last clearing, and what programs sent as records. Pure.

import { formatHexDump } from "../../../engine/net/index.ts";
import type { RunReply } from "../../../engine/workbench/protocol.ts";

export interface Line {
	readonly time: string;
	readonly text: string;
}

/** The lines after the one that was last when the log was cleared; all when it has gone out of the log. */
export function linesSince(lines: readonly Line[], last: Line | undefined): readonly Line[] {
	const at = last === undefined ? -1 : lines.lastIndexOf(last);
	return lines.slice(at + 1);
}

export function logText(lines: readonly Line[]): string {
	return lines.map((l) => `${l.time} ${l.text}\n`).join("");
}

type Sent = RunReply["records"][number];

export type RecordRow =
	| { readonly kind: "head"; readonly key: string; readonly text: string; readonly note: string }
	| { readonly kind: "bytes"; readonly key: string; readonly text: string };

/** Each record as a heading and, sixteen bytes a line, its bytes and text. */
export function recordRows(records: readonly Sent[]): readonly RecordRow[] {
	return records.flatMap((r, at): readonly RecordRow[] => [
		{
			kind: "head",
			key: `${at}`,
			text: `${at + 1}. ${r.map}`,
			note: `cpu ${r.cpu}, ${r.data.length} byte${r.data.length === 1 ? "" : "s"}`,
		},
		...formatHexDump(r.data)
			.split("\n")
			.filter((text) => text.trim() !== "")
			.map((text, i): RecordRow => ({ kind: "bytes", key: `${at}.${i}`, text })),
	]);
}

export function recordsText(rows: readonly RecordRow[]): string {
	return rows.map((r) => (r.kind === "head" ? `${r.text} (${r.note})\n` : `${r.text}\n`)).join("");
}
