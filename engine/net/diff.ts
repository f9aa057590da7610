// What a program did to a packet: the ranges that differ, with the two starts aligned by head and tail adjustments.

/** A half-open range of byte offsets. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** A stretch of the packet: `before` and `after` are offsets in each; an inserted or removed one is empty on one side. */
export interface Change {
	readonly kind: "changed" | "inserted" | "removed";
	readonly before: ByteRange;
	readonly after: ByteRange;
}

function range(start: number, end: number): ByteRange {
	return { start, end };
}

/**
 * The changes from `before` to `after`, in order. `headDelta` is the sum of what bpf_xdp_adjust_head was given: negative
 * when bytes were put in front, positive when bytes were taken off; byte `i` of `after` is byte `i + headDelta` of `before`.
 * What differs in length beyond that was done at the tail.
 */
export function changedRanges(before: Uint8Array, after: Uint8Array, headDelta = 0): Change[] {
	const out: Change[] = [];
	const start = Math.min(Math.max(headDelta, 0), before.length);
	const lead = Math.min(Math.max(-headDelta, 0), after.length);
	if (start > 0) out.push({ kind: "removed", before: range(0, start), after: range(0, 0) });
	if (lead > 0) out.push({ kind: "inserted", before: range(0, 0), after: range(0, lead) });
	const common = Math.min(before.length - start, after.length - lead);
	for (let i = 0; i < common; i++) {
		if (before[start + i] === after[lead + i]) continue;
		let end = i + 1;
		while (end < common && before[start + end] !== after[lead + end]) end++;
		out.push({
			kind: "changed",
			before: range(start + i, start + end),
			after: range(lead + i, lead + end),
		});
		i = end;
	}
	const oldEnd = start + common;
	const newEnd = lead + common;
	if (after.length > newEnd)
		out.push({
			kind: "inserted",
			before: range(oldEnd, oldEnd),
			after: range(newEnd, after.length),
		});
	if (before.length > oldEnd)
		out.push({
			kind: "removed",
			before: range(oldEnd, before.length),
			after: range(newEnd, newEnd),
		});
	return out;
}
