// Case files of engine/testdata/codegen: SSA text, and the code it gives for each cpu that the first line names, as comments at the
// end. BLESS=1 writes what it gives now.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decode, printLlvm } from "../isa/index.ts";
import type { SymbolData } from "../object/index.ts";
import { parseSsa } from "../ssa/index.ts";
import { type Generated, generate } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/codegen");
const bless = process.env["BLESS"] === "1";
const MARK = "\n;;; cpu ";

function listing({ object, functions }: Generated): string[] {
	const out: string[] = [];
	for (const section of object.sections) {
		if (section.kind !== "code") continue;
		const code = decode(section.bytes);
		for (let pc = 0; pc < code.length; pc++) {
			for (const f of functions)
				if (f.section === section.name && f.start === pc)
					out.push(`${f.name}: ; ${f.section}, ${f.stack} bytes of stack`);
			const relocation = section.relocations.find((r) => r.offset === pc * 8);
			const symbol = relocation && object.symbols[relocation.symbol];
			out.push(`  ${pc}: ${printLlvm(code, pc)}${symbol ? `  <- ${nameOf(object, symbol)}` : ""}`);
			if (code.opcode[pc] === 0x18) pc++;
		}
	}
	return out;
}

function nameOf(object: Generated["object"], symbol: SymbolData): string {
	return symbol.kind === "section"
		? (object.sections[symbol.section ?? 0]?.name ?? "")
		: symbol.name;
}

function given(source: string, file: string, cpu: 1 | 2 | 3 | 4): string[] {
	const { value, diagnostics } = parseSsa(source, file);
	expect(diagnostics).toEqual([]);
	if (!value) return [];
	const made = generate(value, { cpu, debug: false, name: file });
	const problems = made.diagnostics.map(
		(d) =>
			`${d.place ? `${d.place.line}:${d.place.column}: ` : ""}${d.severity}: ${d.id}: ${d.message}`,
	);
	return [...problems, ...(made.value ? listing(made.value) : [])];
}

for (const file of readdirSync(folder).filter((f) => f.endsWith(".ssa")))
	test(file, () => {
		const path = join(folder, file);
		const text = readFileSync(path, "utf8");
		const source = text.split(MARK)[0] ?? "";
		const cpus = (/^; cpu ([1-4 ]+)\n/.exec(source)?.[1] ?? "3").split(" ").map(Number);
		const parts = cpus.map((cpu) => {
			const lines = given(source, file, cpu as 1 | 2 | 3 | 4).map((l) => `; ${l}`);
			return `${MARK}${cpu}\n${lines.join("\n")}`;
		});
		const now = `${source.trimEnd()}\n${parts.join("\n")}\n`;
		if (bless) writeFileSync(path, now);
		expect(now).toBe(readFileSync(path, "utf8"));
	});

test("jumps too far for 16 bits: cpu v4 has longer ones, v3 says so", () => {
	const adds = Array.from(
		{ length: 33_000 },
		(_, i) => `  %${i + 2} = mul i64 %${i + 1}, ${i + 3}L`,
	);
	const source = `func @long (i64) i64 "tc" global inline=may {
bb0:
  %1 = load i64 u64 align 8 @x
  %50000 = icmp eq $0, 7L
  condbr %50000, bb1, bb2
bb1:
${adds.join("\n")}
  store u64 align 8 @x, %33001
  br bb2
bb2:
  ret %1
}
global @x ".bss" global size=8 align=8
`;
	const { value } = parseSsa(source, "long.ssa");
	if (!value) return expect.unreachable();
	const v4 = generate(value, { cpu: 4, debug: false, name: "long" });
	expect(v4.diagnostics).toEqual([]);
	const code = decode(v4.value?.object.sections[0]?.bytes ?? new Uint8Array());
	const far = code.opcode.indexOf(0x06);
	expect(code.imm[far]).toBeGreaterThan(32_900);
	const v3 = generate(value, { cpu: 3, debug: false, name: "long" });
	expect(v3.diagnostics.map((d) => d.id)).toEqual(["codegen/branch-too-far"]);
});
