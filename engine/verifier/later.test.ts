// Dynptrs, timers and ring buffer callbacks: programs compiled by clang, with what Linux 6.18 answered. BLESS=1 asks the
// running Linux for the answers anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fromHex } from "../base/index.ts";
import { decode } from "../isa/index.ts";
import type { FunctionSpec, LoadRequest, MapSpec } from "../object/index.ts";
import { askLinux, compare, lastWords } from "../testing/conformance.ts";
import { Linux } from "../testing/index.ts";
import { judge } from "../testing/judge.ts";

interface Program {
	readonly name: string;
	readonly type: number;
	readonly insns: string;
	readonly functions: readonly FunctionSpec[];
	/** What Linux answered: errno 0 when it accepted, the last message, instructions processed. */
	linux: { readonly errno: number; readonly message: string; readonly processed: number };
}

interface Cases {
	readonly btf: string;
	readonly maps: readonly MapSpec[];
	readonly programs: readonly Program[];
}

const file = join(import.meta.dirname, "../testdata/verifier/later.json");
const cases: Cases = JSON.parse(readFileSync(file, "utf8"));

function bytes(hex: string): Uint8Array {
	const found = fromHex(hex);
	if (!found) throw new Error("malformed hexadecimal");
	return found;
}

function requestOf(program: Program): LoadRequest {
	const { name, type, functions } = program;
	return {
		name,
		type,
		expectedAttachType: 0,
		flags: 0,
		license: "GPL",
		code: decode(bytes(program.insns)),
		maps: cases.maps,
		btf: bytes(cases.btf),
		functions,
		lines: [],
		attachBtfId: 0,
	};
}

const opened = await Linux.open();
afterAll(() => ("linux" in opened ? opened.linux.end() : undefined));

if (process.env["BLESS"] && "linux" in opened) {
	for (const program of cases.programs) {
		const { errno, log, processed } = await askLinux(opened.linux, requestOf(program), 2);
		program.linux = { errno, message: errno === 0 ? "" : lastWords(log), processed };
	}
	writeFileSync(file, `${JSON.stringify(cases, undefined, "\t")}\n`);
}

test.each(cases.programs.map((p) => [p.name, p] as const))("%s", (_, program) => {
	const { errno, log, processed, unsupported } = judge(requestOf(program), 2);
	expect(unsupported).toBeUndefined();
	const message = errno === 0 ? "" : lastWords(log);
	expect({ errno, message, processed }).toEqual(program.linux);
});

describe.skipIf("reason" in opened)("the running Linux", () => {
	test("answers so, with the same log", async () => {
		if ("reason" in opened) return;
		for (const program of cases.programs) {
			const request = requestOf(program);
			const linux = await askLinux(opened.linux, request, 2);
			const { difference, detail } = compare(linux, judge(request, 2));
			expect([program.name, difference, detail]).toEqual([program.name, "same", ""]);
		}
	});
});
