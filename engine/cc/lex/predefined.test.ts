import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { predefined } from "./index.ts";

const clang = "clang-22";
const available = spawnSync(clang, ["--version"]).status === 0;

/** These say which compiler it is, to the letter of its build. */
const ownWords = /^#define __(?:VERSION__|clang_version__) .*\n/gm;

describe.skipIf(!available)(`predefined macros are those of ${clang}`, () => {
	test.each([1, 2, 3, 4])("cpu v%i", (cpu) => {
		const args = ["-target", "bpf", `-mcpu=v${cpu}`, "-O2", "-g", "-dM", "-E", "-"];
		const theirs = spawnSync(clang, args, { input: "", encoding: "utf8" }).stdout;
		const lines = (text: string) =>
			text
				.replace(ownWords, "")
				.split("\n")
				.map((line) => line.trim())
				.sort();
		expect(lines(theirs).length).toBeGreaterThan(300);
		expect(lines(predefined(cpu))).toEqual(lines(theirs));
	});
});
