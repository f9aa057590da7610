import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsInView, scrollTo, tallest } from "./window.ts";

const view = (count: number, scrollTop: number) => ({
	count,
	rowHeight: 20,
	height: 400,
	scrollTop,
});

test("a short list shows what the scroll position covers", () => {
	expect(rowsInView(view(1000, 2000))).toEqual({ total: 20_000, first: 96, last: 125, top: 1920 });
	expect(rowsInView(view(3, 0))).toEqual({ total: 60, first: 0, last: 3, top: 0 });
	expect(rowsInView(view(0, 0))).toMatchObject({ first: 0, last: 0 });
});

test("a list of millions reaches its last row", () => {
	const end = rowsInView(view(5_000_000, tallest - 400));
	expect(end.last).toBe(5_000_000);
	expect(end.first).toBe(4_999_980);
	expect(rowsInView(view(5_000_000, 0)).first).toBe(0);
});

test("scrolling to a row brings it into view", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 3_000_000 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(count, share) => {
				const row = Math.min(count - 1, Math.floor(share * count));
				const to = scrollTo(row, view(count, 0)) ?? 0;
				const most = Math.max(0, Math.min(count * 20, tallest) - 400);
				const { first, last } = rowsInView(view(count, Math.min(to, most)));
				expect(row).toBeGreaterThanOrEqual(first);
				expect(row).toBeLessThan(last);
			},
		),
	);
});
