// Messages against clang's own: under each program stands what clang 22 says with -Wall, and Skep says the same: place, severity,
// words, notes. `BLESS=1` asks clang again; add programs as a line between blank ones.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { textParser } from "./testing.ts";

const parseText = textParser(["all"]);

const file = join(import.meta.dirname, "../../testdata/cc/parse/clang-messages");
const cases = readFileSync(file, "utf8")
	.trimEnd()
	.split("\n\n")
	.map((part) => {
		const [source = "", ...expected] = part.split("\n");
		return { source, expected };
	});

function ours(source: string): string[] {
	return parseText(source).diagnostics.flatMap((d) => [
		`${d.span?.line}:${d.span?.column}: ${d.severity}: ${d.message}`,
		...(d.notes ?? []).map((n) => `${n.span?.line}:${n.span?.column}: note: ${n.message}`),
	]);
}

function theirs(source: string): string[] {
	const flags = [
		"-fsyntax-only",
		"-Wall",
		"-fno-caret-diagnostics",
		"-fno-diagnostics-show-option",
	];
	const args = ["-target", "bpf", "-xc", "-std=gnu11", ...flags, "-"];
	const { stderr } = spawnSync("clang-22", args, { input: source, encoding: "utf8" });
	return [...stderr.matchAll(/^<stdin>:(\d+:\d+: .*)$/gm)].map((m) => m[1] ?? "");
}

if (process.env["BLESS"] === "1")
	test("clang's answers", { timeout: 300_000 }, () => {
		const text = cases.map((c) => [c.source, ...theirs(c.source)].join("\n")).join("\n\n");
		expect(text).toContain("error: ");
		writeFileSync(file, `${text}\n`);
	});
else
	test.each(cases)("$source", ({ source, expected }) => {
		expect(ours(source)).toEqual(expected);
	});
