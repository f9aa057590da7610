import { expect, test } from "vitest";
import { registersIn } from "./current.ts";

test.each([
	["r1 = *(u16 *)(r2 + 2)", ["r1", "r2"]],
	["w3 |= w2", ["r3", "r2"]],
	["*(u64 *)(r10 - 8) = r11", ["r10"]],
	["call bpf_r1", []],
	[undefined, []],
] as const)("%s", (text, names) => expect([...registersIn(text)]).toEqual(names));
