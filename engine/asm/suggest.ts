// The nearest valid spelling of a misspelt word.

/** The name closest to `word`, undefined when none is close: at most a third of the letters may differ. */
export function nearest(word: string, names: Iterable<string>): string | undefined {
	let best: string | undefined;
	let least = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const name of names) {
		if (Math.abs(name.length - word.length) >= least) continue;
		const d = distance(word, name, least);
		if (d < least) {
			least = d;
			best = name;
		}
	}
	return best;
}

/** Edits (insert, delete, replace, swap of neighbours) from a to b; `limit` when they are that many or more. */
function distance(a: string, b: string, limit: number): number {
	let before: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let d = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) d = Math.min(d, (before[j - 2] ?? 0) + 1);
			row.push(d);
			least = Math.min(least, d);
		}
		if (least >= limit) return limit;
		before = last;
		last = row;
	}
	return last[b.length] ?? limit;
}
