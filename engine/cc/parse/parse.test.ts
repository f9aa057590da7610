// Case files: a source, then what comes out: the tree, or with errors the diagnostics. `BLESS=1` writes what comes out.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "../../base/index.ts";
import { dumpUnit } from "../ast/index.ts";
import { textParser } from "./testing.ts";

const parseText = textParser();

const folder = join(import.meta.dirname, "../../testdata/cc/parse");

/** Cases of a file: `== name`, source, `--`, expected. */
function cases(text: string): { name: string; source: string; expected: string }[] {
	return text
		.split(/^== /m)
		.slice(1)
		.map((part) => {
			const line = part.indexOf("\n");
			const [source = "", expected = ""] = part.slice(line + 1).split(/^--\n/m);
			return { name: part.slice(0, line), source, expected: expected.trimEnd() };
		});
}

function outcome(source: string): string {
	const { unit, diagnostics } = parseText(source);
	const told = diagnostics.map((d) => {
		const fixes =
			d.fix?.edits.map((e) => `fix: ${e.span.line}:${e.span.column} ${JSON.stringify(e.text)}`) ??
			[];
		return [renderDiagnostic(d, source), ...fixes].join("\n");
	});
	const failed = diagnostics.some((d) => d.severity === "error");
	return [...told, ...(failed ? [] : [dumpUnit(unit)])].join("\n").trimEnd();
}

for (const file of readdirSync(folder).filter((f) => f.endsWith(".txt"))) {
	const path = join(folder, file);
	const list = cases(readFileSync(path, "utf8"));
	const outcomes = () =>
		list.map((c) => `== ${c.name}\n${c.source}--\n${outcome(c.source)}\n`).join("\n");
	describe(file, () => {
		if (process.env["BLESS"] === "1") test("blessed", () => writeFileSync(path, outcomes()));
		else
			test.each(list)("$name", ({ source, expected }) => {
				expect(outcome(source)).toBe(expected);
			});
	});
}
