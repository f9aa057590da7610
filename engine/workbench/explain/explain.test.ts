// A program for each class of rejection under testdata/explain, with what Linux says, what the card says, and where the mend leads. The goldens
// are rewritten by BLESS=1; the kernel's words are compared with the running kernel's.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errnoName } from "../../abi/index.ts";
import type { TextEdit } from "../../base/index.ts";
import { loadRequest } from "../../object/index.ts";
import { Linux } from "../../testing/index.ts";
import { buildText } from "../build.ts";
import { builtPrograms } from "../programs.ts";
import { Verification } from "../verification.ts";
import { explainedReasons } from "./texts.ts";

const folder = join(import.meta.dirname, "../../testdata/explain");
const names = readdirSync(folder).filter((name) => name.endsWith(".s"));
const MOST_LINES = 60;

let linux: Linux | undefined;
let closed = "";
beforeAll(async () => {
	const opened = await Linux.open();
	if ("linux" in opened) linux = opened.linux;
	else closed = opened.reason;
});
afterAll(() => linux?.end());

function verification(name: string, source: string): Verification {
	const { object, diagnostics } = buildText(name, source);
	const program = object && builtPrograms(object, undefined)[0];
	if (!object || !program) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	const type = program.type ?? 0;
	return new Verification(1, program, loadRequest(object, program.spec, type));
}

function edited(source: string, edits: readonly TextEdit[]): string {
	return [...edits]
		.sort((a, b) => b.span.start - a.span.start)
		.reduce((text, e) => text.slice(0, e.span.start) + e.text + text.slice(e.span.end), source);
}

function verdictText({ report }: Verification): string {
	if (report.unsupported !== undefined) return `not supported by Skep: ${report.unsupported}`;
	return report.ok ? "accepted" : `rejected, ${report.reason}: ${report.message}`;
}

function rendered(name: string, source: string): string {
	const made = verification(name, source);
	const { card } = made.reply();
	const { report } = made;
	const lines = [
		`${errnoName(report.errno)} at ${report.pc === undefined ? "load" : `insn ${report.pc}`}, ${report.reason}`,
		...report.messages.map((m) => `linux   ${m}`),
	];
	if (card)
		lines.push(
			`line    ${card.line ?? "-"}`,
			`reason  ${card.reason}`,
			`known   ${card.known}`,
			`needed  ${card.needed}`,
			`path    ${card.path.map((p) => `${p.from}..${p.to}`).join(" ")}`,
		);
	if (card?.fix) {
		const after = edited(source, card.fix.edits);
		lines.push(`mend    ${card.fix.title}`);
		lines.push(`then    ${verdictText(verification(name, after))}`);
		if (after.split("\n").length < MOST_LINES) lines.push("", after);
	}
	return `${lines.join("\n").trimEnd()}\n`;
}

test.each(names)("%s is explained", (name) => {
	const source = readFileSync(join(folder, name), "utf8");
	const text = rendered(name, source);
	const wanted = /^; (\S+)/.exec(source)?.[1];
	expect(text.split("\n")[0]).toMatch(new RegExp(`, ${wanted}$`));
	expect(text).toContain("\nreason  ");
	expect(explainedReasons).toContain(wanted);
	const golden = join(folder, name.replace(/\.s$/, ".txt"));
	if (process.env["BLESS"] || !existsSync(golden)) writeFileSync(golden, text);
	expect(text).toBe(readFileSync(golden, "utf8"));
});

test.for(names)("%s is rejected with Linux's words", { timeout: 30_000 }, async (name, context) => {
	if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
	const { request, report } = verification(name, readFileSync(join(folder, name), "utf8"));
	const answer = await linux.load(request, { logLevel: 1 });
	expect([answer.ok, answer.errno]).toEqual([false, report.errno]);
	const words = answer.log.trimEnd().split("\n");
	for (const message of report.messages) expect(words).toContain(message);
});

test("at least sixty classes are explained and shown by a program", () => {
	const shown = new Set(
		names.map((n) => /^; (\S+)/.exec(readFileSync(join(folder, n), "utf8"))?.[1]),
	);
	expect(shown.size).toBeGreaterThanOrEqual(60);
	expect(explainedReasons.length).toBeGreaterThan(100);
});
