import { expect, test } from "vitest";
import { isError, missingWindows, tellingRegisters, windowSize } from "./select.ts";

test("only windows in view that are not there are fetched", () => {
	const have = new Set([0, windowSize]);
	expect(missingWindows(have, 0, 50)).toEqual([]);
	expect(missingWindows(have, 350, 450)).toEqual([400]);
	expect(missingWindows(new Set(), 190, 410)).toEqual([0, 200, 400]);
	expect(missingWindows(new Set(), 0, 0)).toEqual([]);
});

test("registers that tell visits apart come after those the instruction uses", () => {
	const state = (visit: number, texts: Record<string, string>) => ({
		pc: 1,
		visit,
		visits: 2,
		frame: 0,
		stack: [],
		registers: Object.entries(texts).map(([name, text]) => ({ name, text, changed: false })),
	});
	const states = [state(1, { r0: "1", r1: "5", r2: "a" }), state(2, { r0: "1", r1: "6", r2: "a" })];
	expect(tellingRegisters(states, new Set(["r2"]))).toEqual(["r2", "r1"]);
	expect(tellingRegisters([], new Set(["r2"]))).toEqual([]);
});

test("the kernel's error lines", () => {
	expect(isError("R2 invalid mem access", "R2 invalid mem access\n")).toBe(true);
	expect(isError("", "x")).toBe(false);
	expect(isError("0: r1 = 2", undefined)).toBe(false);
});
