// Rows of the assembly panel, from the listing, the verdict and the cursor. Pure.

import type {
	DebugState,
	ListingRow,
	ProgramInfo,
	VerifyReply,
} from "../../../engine/workbench/protocol.ts";
import type { Cursor } from "../../stores/cursor.ts";

export interface AssemblyRow {
	readonly row: ListingRow;
	/** `2×`, `–` for never verified, empty for once. */
	readonly visits: string;
	readonly never: boolean;
	readonly mark: "here" | "link" | "bad" | "limit" | "because" | "none";
}

/** A row of the panel: an instruction, or the line of the source that those below it come from. */
export type PanelRow =
	| { readonly kind: "insn"; readonly r: AssemblyRow }
	| { readonly kind: "source"; readonly above: ListingRow; readonly linked: boolean };

/** Source lines above their instructions. */
export function withSource(rows: readonly AssemblyRow[]): readonly PanelRow[] {
	return rows.flatMap((r): PanelRow[] => [
		...(r.row.source === undefined
			? []
			: [
					{ kind: "source" as const, above: r.row, linked: r.mark === "link" || r.mark === "here" },
				]),
		{ kind: "insn", r },
	]);
}

export function assemblyRows(
	program: ProgramInfo | undefined,
	reply: VerifyReply | undefined,
	cursor: Pick<Cursor, "file" | "line" | "pc">,
	debug: Pick<DebugState, "pc"> | undefined,
): readonly AssemblyRow[] {
	const path = new Set(reply?.card?.path.map((p) => p.pc));
	const ran = reply?.visits.some((n) => n > 0) ?? false;
	return (program?.listing ?? []).map((row) => {
		const n = reply?.visits[row.pc] ?? 0;
		const never = ran && n === 0;
		return { row, visits: never ? "–" : n > 1 ? `${n}×` : "", never, mark: markOf(row) };
	});

	function markOf(row: ListingRow): AssemblyRow["mark"] {
		const v = reply?.verdict;
		if (debug?.pc === row.pc) return "here";
		if ((v?.kind === "rejected" || v?.kind === "unsupported") && v.pc === row.pc)
			return v.kind === "rejected" ? "bad" : "limit";
		const linked =
			cursor.pc === row.pc ||
			(row.line !== undefined && row.line === cursor.line && row.file === cursor.file);
		if (linked) return "link";
		return path.has(row.pc) ? "because" : "none";
	}
}

/** `b7 00 00 00  02 00 00 00`: bytes in fours. */
export function spacedBytes(hex: string): string {
	return (hex.match(/.{1,8}/g) ?? []).map((four) => (four.match(/../g) ?? []).join(" ")).join("  ");
}
