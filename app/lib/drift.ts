// Where places of an older text stand in a newer one: each change of a text is kept as one stretch of characters and one of lines. Pure.

/** One stretch of a text that another took the place of. */
export interface Change {
	/** Offset of its first character, and how many went and came. */
	readonly start: number;
	readonly removed: number;
	readonly added: number;
	/** Its first line, from 1, and how many went and came; lines that are alike on both sides are not among them. */
	readonly line: number;
	readonly linesRemoved: number;
	readonly linesAdded: number;
}

/** The one stretch in which two texts differ. */
export function changeBetween(before: string, after: string): Change {
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
	let same = 0;
	while (
		same < most - start &&
		before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
	)
		same++;
	const removed = before.length - same - start;
	const added = after.length - same - start;
	return { start, removed, added, ...changedLines(before, after) };
}

function changedLines(before: string, after: string) {
	const [old, now] = [before.split("\n"), after.split("\n")];
	const most = Math.min(old.length, now.length);
	let head = 0;
	while (head < most && old[head] === now[head]) head++;
	let tail = 0;
	while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
	return {
		line: head + 1,
		linesRemoved: old.length - head - tail,
		linesAdded: now.length - head - tail,
	};
}

/** Where a line stands after changes, in the order they were made; undefined when it is gone. */
export function lineAfter(line: number, changes: readonly Change[]): number | undefined {
	let at: number | undefined = line;
	for (const c of changes) at = at === undefined ? undefined : lineOnce(at, c);
	return at;
}

/** Lines that are changed in place stay; of those that become another number of lines only the first does. */
function lineOnce(at: number, { line, linesRemoved, linesAdded }: Change): number | undefined {
	if (at < line || linesRemoved === linesAdded) return at;
	if (at >= line + linesRemoved) return at + linesAdded - linesRemoved;
	return at === line && linesAdded > 0 ? at : undefined;
}

/** Where an offset stands after changes. What is put in just there pushes the beginning of a stretch on, and not its end. */
export function offsetAfter(
	offset: number,
	changes: readonly Change[],
	edge: "start" | "end",
): number {
	let at = offset;
	for (const { start, removed, added } of changes) {
		const before = edge === "end" || removed > 0 ? at <= start : at < start;
		if (before) continue;
		at = at >= start + removed ? at + added - removed : start;
	}
	return at;
}

/** Whether characters of a stretch, or those at its edges, were changed. */
export function touched(start: number, end: number, changes: readonly Change[]): boolean {
	let [from, to] = [start, end];
	for (const c of changes) {
		if (c.start < to && c.start + c.removed > from) return true;
		if (c.removed === 0 && c.start > from && c.start < to) return true;
		[from, to] = [offsetAfter(from, [c], "start"), offsetAfter(to, [c], "end")];
	}
	return false;
}
