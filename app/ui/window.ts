// Which rows of a long list are in view. Beyond the tallest element that browsers draw, scroll positions are mapped to
// rows, so a list of millions still scrolls to its end. Pure.

/** Every browser draws elements of this height. */
export const tallest = 10_000_000;

export interface View {
	readonly count: number;
	readonly rowHeight: number;
	readonly height: number;
	readonly scrollTop: number;
}

export interface Shown {
	/** Height of the scrolled element. */
	readonly total: number;
	readonly first: number;
	/** One past the last. */
	readonly last: number;
	/** Where the first row starts, from the top of the scrolled element. */
	readonly top: number;
}

const extra = 4;

export function rowsInView({ count, rowHeight, height, scrollTop }: View): Shown {
	const full = count * rowHeight;
	const total = Math.min(full, tallest);
	const fits = Math.ceil(height / rowHeight);
	if (full <= tallest) {
		const at = Math.floor(scrollTop / rowHeight);
		const first = Math.max(0, Math.min(at, count) - extra);
		return { total, first, last: Math.min(count, at + fits + 1 + extra), top: first * rowHeight };
	}
	const share = Math.min(1, Math.max(0, scrollTop / (total - height)));
	const first = Math.round(share * Math.max(0, count - Math.floor(height / rowHeight)));
	return { total, first, last: Math.min(count, first + fits + 1), top: scrollTop };
}

/** The scroll position that shows a row; undefined when it is in view. */
export function scrollTo(row: number, view: View): number | undefined {
	const { count, rowHeight, height, scrollTop } = view;
	const full = count * rowHeight;
	if (full > tallest) {
		const { first, last } = rowsInView(view);
		if (row >= first && row < last - 1) return undefined;
		const fits = Math.floor(height / rowHeight);
		const top = Math.max(0, row - Math.floor(fits / 2));
		return (top / Math.max(1, count - fits)) * (tallest - height);
	}
	const top = row * rowHeight;
	if (top >= scrollTop && top + rowHeight <= scrollTop + height) return undefined;
	return Math.max(0, top - Math.max(0, height - rowHeight) / 2);
}
