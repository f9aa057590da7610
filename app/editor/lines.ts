// Where lines go when text above them changes, so that breakpoints stay with their instruction. Pure.

export interface LineChange {
	/** 1-based, both inclusive. */
	readonly startLine: number;
	readonly endLine: number;
	/** The change begins at the first column, so what stood on the line moves with it. */
	readonly atStart: boolean;
	readonly text: string;
}

/** The line after the change; undefined when its text is gone. */
export function lineAfter(line: number, c: LineChange): number | undefined {
	const added = c.text.split("\n").length - 1;
	const removed = c.endLine - c.startLine;
	if (line < c.startLine || (line === c.startLine && !(c.atStart && (added > 0 || removed > 0))))
		return line;
	if (line > c.endLine || (line === c.endLine && c.atStart)) return line + added - removed;
	return c.atStart || removed > 0 ? undefined : line;
}

/** Breakpoints of one file after changes, which count from the end of the text as the editor reports them. */
export function linesAfter(lines: readonly number[], changes: readonly LineChange[]): number[] {
	const moved = lines.flatMap((line) => {
		let at: number | undefined = line;
		for (const change of changes) at = at === undefined ? undefined : lineAfter(at, change);
		return at === undefined ? [] : [at];
	});
	return [...new Set(moved)];
}
