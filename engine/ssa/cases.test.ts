// Case files of engine/testdata/ssa: a module, passes by name (or `optimise LEVEL`), and what they leave. BLESS=1 writes what they leave now.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Module, optimise, parseSsa, print, validate } from "./index.ts";
import { passes } from "./passes.ts";

const folder = join(import.meta.dirname, "../testdata/ssa");
const bless = process.env["BLESS"] === "1";

function sections(text: string): Map<string, string> {
	const parts = text.split(/^=== (\w+)\n/m);
	const found = new Map<string, string>();
	for (let i = 1; i < parts.length; i += 2) found.set(parts[i] ?? "", parts[i + 1] ?? "");
	return found;
}

function apply(module: Module, word: string): void {
	const level = /^optimise([012])$/.exec(word);
	if (level) {
		optimise(module, { level: level[1] === "0" ? 0 : level[1] === "1" ? 1 : 2, cpu: 3 });
		return;
	}
	const pass = passes[word];
	if (!pass) throw new Error(`no pass ${word}`);
	for (const func of module.functions) if (func.blocks.length > 0) pass(func, module);
}

const files = readdirSync(folder).filter((f) => f.endsWith(".txt"));

test("there are cases, and every pass has one", () => {
	expect(files.length).toBeGreaterThan(20);
	const used = files.flatMap((f) =>
		(sections(readFileSync(join(folder, f), "utf8")).get("passes") ?? "").trim().split(/\s+/),
	);
	expect(Object.keys(passes).filter((p) => !used.includes(p))).toEqual([]);
});

for (const file of files) {
	const path = join(folder, file);
	const parts = sections(readFileSync(path, "utf8"));
	test(`${file}: ${parts.get("title")?.trim()}`, () => {
		const { value: module, diagnostics } = parseSsa(parts.get("source") ?? "");
		expect(diagnostics).toEqual([]);
		if (!module) return;
		expect(validate(module)).toEqual([]);
		for (const word of (parts.get("passes") ?? "").trim().split(/\s+/)) {
			apply(module, word);
			expect(validate(module), word).toEqual([]);
		}
		parts.set("expected", bless ? print(module) : (parts.get("expected") ?? ""));
		if (bless)
			writeFileSync(path, [...parts].map(([name, text]) => `=== ${name}\n${text}`).join(""));
		expect(print(module)).toBe(parts.get("expected"));
	});
}
