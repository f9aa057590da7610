import { expect, test } from "vitest";
import type { ProgramInfo } from "../../../engine/workbench/protocol.ts";
import { variablesAt } from "./variables.ts";

const program: ProgramInfo = {
	name: "p",
	section: "xdp",
	length: 9,
	listing: [],
	variables: [
		{ name: "data", register: 6, start: 2, end: 5 },
		{ name: "ip", register: 6, start: 5, end: 9 },
		{ name: "port", stack: -2, start: 4, end: 9 },
		{ name: "key", stack: -8, start: 6, end: 9 },
		{ name: "ctx", register: 1, start: 0, end: 2, declaration: "struct xdp_md *ctx" },
	],
};

test.each([
	[1, undefined, undefined],
	[2, "data", undefined],
	[4, "data", "port"],
	[5, "ip", "port"],
	[8, "ip", "port, key"],
	[9, undefined, undefined],
	[undefined, undefined, undefined],
] as const)("before instruction %s r6 holds %s, the slot %s", (pc, register, slot) => {
	const held = variablesAt(program, pc);
	expect(held.registers.get("r6")).toBe(register);
	expect(held.slot(-8)).toBe(slot);
	expect(held.slot(-16)).toBeUndefined();
});

test("a parameter is named with its type until its register is overwritten", () => {
	expect(variablesAt(program, 0).registers.get("r1")).toBe("ctx");
	expect(variablesAt(program, 1).declared.get("r1")).toBe("struct xdp_md *ctx");
	expect(variablesAt(program, 2).registers.get("r1")).toBeUndefined();
});
