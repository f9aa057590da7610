// Case files of engine/testdata/asm: a source and what it gives, diagnostics or bytes. BLESS=1 writes what it gives now.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Outcome, renderDiagnostic, toHex } from "../base/index.ts";
import type { ObjectFile } from "../object/index.ts";
import { assemble } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/asm");
const bless = process.env["BLESS"] === "1";

function sections(text: string): Map<string, string> {
	const parts = text.split(/^=== (\w+)\n/m);
	const found = new Map<string, string>();
	for (let i = 1; i < parts.length; i += 2) found.set(parts[i] ?? "", parts[i + 1] ?? "");
	return found;
}

function report(outcome: Outcome<ObjectFile>, source: string): string {
	const lines = outcome.diagnostics.flatMap((d) => [
		`${renderDiagnostic(d, source)}\n    [${d.id}]${d.fix ? ` ${d.fix.title}` : ""}${d.unsupported ? ` unsupported: ${d.unsupported}` : ""}`,
	]);
	const object = outcome.value;
	if (!object) return `${lines.join("\n")}\n`;
	lines.push(`license ${object.license}`);
	for (const map of object.maps) {
		const numbers = `${map.keySize} ${map.valueSize} ${map.maxEntries} flags ${map.flags}`;
		lines.push(`map ${map.name} type ${map.type} ${numbers}`);
		for (const { key, value } of map.init ?? []) lines.push(`  ${toHex(key)} = ${toHex(value)}`);
		for (const { key, target } of map.slots ?? []) lines.push(`  ${key} = ${target}`);
	}
	for (const p of object.programs) {
		lines.push(
			`program ${p.name} in ${p.section} type ${p.type} attach ${p.expectedAttachType} flags ${p.flags}`,
		);
		for (const f of p.functions) lines.push(`  function ${f.name} at ${f.insn}`);
		for (const r of p.relocations)
			lines.push(
				`  ${r.kind} ${r.map}${r.kind === "map-value" ? `+${r.offset}` : ""} at ${r.insn}`,
			);
		for (let i = 0; i < p.insns.length; i += 8) {
			const span = p.spans?.[i / 8];
			lines.push(`  ${toHex(p.insns.subarray(i, i + 8))} ${source.slice(span?.start, span?.end)}`);
		}
	}
	return `${lines.join("\n")}\n`;
}

const files = readdirSync(folder).filter((f) => f.endsWith(".txt"));

test("there are cases", () => {
	expect(files.length).toBeGreaterThan(10);
});

for (const file of files) {
	const path = join(folder, file);
	const parts = sections(readFileSync(path, "utf8"));
	test(`${file}: ${parts.get("title")?.trim()}`, () => {
		const source = parts.get("source") ?? "";
		const got = report(assemble(source, "case.s"), source);
		if (bless) {
			const title = parts.get("title") ?? "";
			writeFileSync(path, `=== title\n${title}=== source\n${source}=== expected\n${got}`);
		} else expect(got).toBe(parts.get("expected"));
	});
}
