// Where breakpoints of lines stand in a program. Pure.

import type { ListingRow } from "../../engine/workbench/protocol.ts";

interface Line {
	readonly file: string;
	readonly line: number;
}

/** The instructions at which each stretch of a breakpoint's line begins; a line without code stands for the next one that has some. */
export function stopsOf(rows: readonly ListingRow[], breakpoints: readonly Line[]): number[] {
	const wanted = breakpoints.flatMap(({ file, line }) => {
		const after = rows.flatMap((r) =>
			r.file === file && r.line !== undefined && r.line >= line ? [r.line] : [],
		);
		return after.length > 0 ? [{ file, line: Math.min(...after) }] : [];
	});
	const at = (r: ListingRow | undefined, { file, line }: Line) =>
		r?.file === file && r.line === line;
	return rows.flatMap((row, i) =>
		wanted.some((w) => at(row, w) && !at(rows[i - 1], w)) ? [row.pc] : [],
	);
}
