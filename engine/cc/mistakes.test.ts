// Programs with the mistakes that people make: what Skep says of each, in `NAME.txt` beside `NAME.c`. The first line there is how many errors
// clang 22 reports; Skep reports at most one more, so that one slip is one message. `BLESS=1` writes what it says now.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderDiagnostic } from "../base/index.ts";
import { builtinHeaders, compile, groupText } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/cc/mistakes");
const files = readdirSync(folder).filter((f) => f.endsWith(".c"));
const builtin = builtinHeaders();
const bless = process.env["BLESS"] === "1";

test("there are many", () => expect(files.length).toBeGreaterThanOrEqual(60));

test.each(files)("%s", (name) => {
	const text = readFileSync(join(folder, name), "utf8");
	const golden = join(folder, name.replace(/\.c$/, ".txt"));
	const [count = "", ...lines] = readFileSync(golden, "utf8").split("\n");
	const { diagnostics } = compile(
		{ name, text },
		{ read: () => undefined, builtin, cpu: 3, groups: ["all"] },
	);
	const told = diagnostics.flatMap((d) => [
		renderDiagnostic({ ...d, message: `${d.message}${groupText(d)}` }, text),
		...(d.fix?.edits ?? []).map(
			(e) => `fix: ${e.span.line}:${e.span.column} ${JSON.stringify(e.text)}`,
		),
	]);
	const errors = diagnostics.filter((d) => d.severity === "error" && d.unsupported === undefined);
	expect(errors.length).toBeLessThanOrEqual(Number(/\d+/.exec(count)?.[0]) + 1);
	if (bless) writeFileSync(golden, `${[count, ...told].join("\n")}\n`);
	else expect([...told, ""].join("\n")).toBe(lines.join("\n"));
});
