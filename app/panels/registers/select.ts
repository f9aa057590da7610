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
	if (!visit) return [];
	const known = new Map(visit.registers.map((r) => [r.name, r]));
	return names.map((name) => {
		const r = known.get(name);
		const text = r?.text ?? "not init";
		return {
			name,
			value: "",
			raw: "",
			known: text,
			changed: r?.changed ?? false,
			outside: false,
			unset: text === "not init",
		};
	});
}

const names = Array.from({ length: 11 }, (_, i) => `r${i}`);

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
