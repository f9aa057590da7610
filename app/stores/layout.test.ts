import { describe, expect, test } from "vitest";
import { abreast, arrange, columns, dockOf, drawn, hidden, moved, widthClass } from "./layout.ts";

describe("panels", () => {
	test("move between docks and become the shown tab there", () => {
		const docks = moved(drawn.docks, "stack", "bottom", 1);
		expect(docks.bottom.tabs).toEqual([
			"packets",
			"stack",
			"terminal",
			"problems",
			"output",
			"object",
		]);
		expect(docks.bottom.active).toBe("stack");
		expect(docks.right.tabs).toEqual(["verifier", "registers", "maps"]);
		expect(dockOf(docks, "stack")).toBe("bottom");
	});

	test("hiding the shown tab shows its neighbour", () => {
		const docks = hidden(drawn.docks, "registers");
		expect(docks.right.active).toBe("stack");
		expect(dockOf(docks, "registers")).toBeUndefined();
		expect(hidden(drawn.docks, "assembly").side).toMatchObject({ tabs: [], active: undefined });
	});

	test("a hidden panel comes back where it is put", () => {
		const docks = moved(hidden(drawn.docks, "maps"), "maps", "side");
		expect(docks.side).toMatchObject({ tabs: ["assembly", "maps"], active: "maps", open: true });
	});
});

describe("widths", () => {
	test.each([
		[1440, "wide"],
		[1280, "wide"],
		[1279, "mid"],
		[900, "mid"],
		[899, "narrow"],
		[600, "narrow"],
		[599, "phone"],
		[390, "phone"],
	] as const)("%d is %s", (pixels, width) => expect(widthClass(pixels)).toBe(width));

	test("narrower pages turn docks into tabs of their neighbours", () => {
		expect(arrange(drawn, "wide")).toMatchObject({ editor: [], sidebar: "beside" });
		const mid = arrange(drawn, "mid");
		expect([mid.side, mid.editor, mid.sidebar]).toEqual([undefined, ["assembly"], "closed"]);
		expect(arrange({ ...drawn, over: true }, "mid").sidebar).toBe("over");
		const narrow = arrange(drawn, "narrow");
		expect(narrow.right).toBeUndefined();
		expect(narrow.bottom?.tabs).toEqual([...drawn.docks.bottom.tabs, ...drawn.docks.right.tabs]);
	});
});

describe("panels beside each other", () => {
	test.each([
		[1919, 1],
		[1920, 2],
		[2559, 2],
		[2560, 3],
	])("at %i there are %i", (width, count) => expect(columns(width)).toBe(count));

	test.each([
		["verifier", 2, ["verifier", "registers"]],
		["registers", 2, ["verifier", "registers"]],
		["stack", 2, ["stack", "maps"]],
		["maps", 3, ["registers", "stack", "maps"]],
		["maps", 1, ["maps"]],
	] as const)("%s among %i", (active, count, shown) =>
		expect(abreast({ ...drawn.docks.right, active }, count)).toEqual(shown),
	);

	test("a dock with fewer panels shows those", () => {
		expect(abreast({ ...drawn.docks.side, active: undefined }, 2)).toEqual(["assembly"]);
	});
});
