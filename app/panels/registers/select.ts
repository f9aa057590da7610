// Rows of the registers panel: the concrete value beside what the verifier knew (ghost state). Pure.

import type { DebugState, VisitState } from "../../../engine/workbench/protocol.ts";

export interface RegisterRow {
	readonly name: string;
	readonly value: string;
	readonly raw: string;
	readonly known: string;
	readonly changed: boolean;
	/** The value lies outside everything the verifier recorded. */
	readonly outside: boolean;
	readonly unset: boolean;
}

export function registerRows(
	debug: DebugState | undefined,
	visit: VisitState | undefined,
): readonly RegisterRow[] {
	if (debug)
		return debug.registers.map((r) => ({
			name: r.name,
			value: r.value,
			raw: r.raw,
			known: r.known ?? "–",
			changed: r.changed,
			outside: r.inside === false,
			unset: r.value === "–",
		}));
	return (visit?.registers ?? []).map((r) => ({
		name: r.name,
		value: "",
		raw: "",
		known: r.text,
		changed: r.changed,
		outside: false,
		unset: r.text === "not init",
	}));
}

/** One sentence below the table, when paused. */
export function insideNote(rows: readonly RegisterRow[]): {
	readonly ok: boolean;
	readonly text: string;
} {
	const outside = rows.filter((r) => r.outside).map((r) => r.name);
	if (outside.length > 0)
		return {
			ok: false,
			text: `${outside.join(", ")} ${outside.length === 1 ? "lies" : "lie"} outside what the verifier recorded`,
		};
	if (rows.every((r) => r.known === "–"))
		return { ok: true, text: "The verifier recorded no state here" };
	return { ok: true, text: "Every value lies inside what the verifier recorded" };
}
