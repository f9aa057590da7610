import { expect, test } from "vitest";
import { parseProject, validateProject } from "./parse.ts";

const small = { version: 1, name: "p", files: [{ path: "a.s", text: "exit" }], entry: "a.s" };

test("a small document gets its defaults", () => {
	const { value } = validateProject(small);
	expect(value?.scenario).toEqual({ seed: 1, kernel: "linux-6.18", packets: [], maps: {} });
});

test.each([
	[
		"no version",
		{ ...small, version: undefined },
		"project version: none: this Skep reads version 1",
	],
	["another version", { ...small, version: 2 }, "project version: 2: this Skep reads version 1"],
	["no files", { ...small, files: [] }, "project files: at least one file was expected"],
	["entry without file", { ...small, entry: "b.s" }, "project entry: no file is called b.s"],
	["a number as text", { ...small, name: 3 }, "project name: a text was expected"],
	[
		"half a byte",
		{ ...small, scenario: { packets: [{ data: "0" }] } },
		"project scenario.packets[0].data: hexadecimal bytes were expected",
	],
	[
		"a seed that is no integer",
		{ ...small, scenario: { seed: 0.5 } },
		"project scenario.seed: an integer from 0 to 4294967295 was expected",
	],
	[
		"another kernel",
		{ ...small, scenario: { kernel: "linux-9" } },
		'project scenario.kernel: "linux-9": only linux-6.18 is known',
	],
])("%s is refused with its place", (_, document, message) => {
	const { value, diagnostics } = parseProject(JSON.stringify(document));
	expect(value).toBeUndefined();
	expect(diagnostics.map((d) => d.message)).toEqual([message]);
});

test("text that is not JSON is refused", () => {
	expect(parseProject("{").diagnostics[0]?.id).toBe("project/invalid");
});
