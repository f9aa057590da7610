import { expect, test } from "vitest";
import { fileFault, stepOf } from "./check.ts";

test.each([
	["main.s", undefined],
	["a/b.s", undefined],
	["", "a name is needed"],
	["there.s", "there is such a file already"],
	["../x.s", "a name inside the project is needed"],
	["/x.s", "a name inside the project is needed"],
	["a//b", "a name inside the project is needed"],
	['a"b', "this name has characters files cannot have"],
])("%j", (typed, fault) => expect(fileFault(typed, ["there.s"])).toBe(fault));

test.each([
	["12", 12],
	["50%", 24],
	[" 48 ", 48],
	["49", undefined],
	["101%", undefined],
	["x", undefined],
])("step %j", (typed, step) => expect(stepOf(typed, 48)).toBe(step));
