// Programs that Linux 6.18 has judged: verdict, error number, instructions processed and the whole log must be the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Answer, compare } from "../testing/conformance.ts";
import { judge } from "../testing/judge.ts";
import { type RawCase, rawRequest } from "../testing/rawcase.ts";

interface Judged extends RawCase {
	/** What Linux answered at this log level. */
	readonly level: number;
	readonly linux: Answer;
}

test.each(["frontier.jsonl", "findings.jsonl"])("%s", (file) => {
	const text = readFileSync(join(import.meta.dirname, "../testdata/verifier", file), "utf8");
	const cases = text
		.trim()
		.split("\n")
		.map((line): Judged => JSON.parse(line));
	expect(cases.length).toBeGreaterThan(10);
	for (const raw of cases) {
		const request = rawRequest(raw);
		if (typeof request === "string") throw new Error(`${raw.descr}: ${request}`);
		const { difference, detail } = compare(raw.linux, judge(request, raw.level));
		expect([raw.descr, difference, detail]).toEqual([raw.descr, "same", ""]);
	}
});
