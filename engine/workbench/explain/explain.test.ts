// Programs for the classes of rejection under testdata/explain, in assembly and in C: what Linux says, what the card says in both its forms, and
// where the mend leads. The goldens are rewritten by BLESS=1; the kernel's words are compared with the running kernel's.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errnoName } from "../../abi/index.ts";
import type { TextEdit } from "../../base/index.ts";
import { utf8 } from "../../base/index.ts";
import { type Target, targetOf } from "../../elf/index.ts";
import { loadRequest } from "../../object/index.ts";
import { Linux } from "../../testing/index.ts";
import { buildFile } from "../build.ts";
import { simulatedTypes } from "../kerneltypes.ts";
import { builtPrograms } from "../programs.ts";
import { Verification } from "../verification.ts";
import { faultCard } from "./card.ts";
import { mendedReasons } from "./mend.ts";
import { longText } from "./render.ts";
import { explainedReasons, isExplained } from "./texts.ts";

const folder = join(import.meta.dirname, "../../testdata/explain");
const names = readdirSync(folder).filter((name) => /\.[sc]$/.test(name));
const MOST_LINES = 60;

let linux: Linux | undefined;
let closed = "";
let types: Target | undefined;
beforeAll(async () => {
	types = await simulatedTypes();
	const opened = await Linux.open();
	if ("linux" in opened) linux = opened.linux;
	else closed = opened.reason;
});
afterAll(() => linux?.end());

const isC = (name: string) => name.endsWith(".c");
const sourceOf = (name: string) => readFileSync(join(folder, name), "utf8");

/** `// reference/leak` or `; reference/leak` in the first line. */
const wanted = (name: string) => /^(?:;|\/\/) (\S+)/.exec(sourceOf(name))?.[1] ?? "";

const VMLINUX = "/sys/kernel/btf/vmlinux";
const EPERM = 1;
let running: Target | undefined;

function runningTypes(): Target | undefined {
	if (existsSync(VMLINUX)) running ??= targetOf(readFileSync(VMLINUX)).value;
	return running;
}

function program(name: string, source: string, kernel = types) {
	const { object, diagnostics } = buildFile(name, utf8(source), kernel);
	const found = object && builtPrograms(object, undefined)[0];
	if (!object || !found) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	return { object, found };
}

/** Undefined when libbpf would not put it to the kernel. */
function verification(name: string, source: string, kernel = types): Verification | undefined {
	const { object, found } = program(name, source, kernel);
	if (found.spec.fault !== undefined) return undefined;
	const request = loadRequest(object, found.spec, found.type ?? 0);
	return new Verification(1, found, request, kernel?.btf);
}

function edited(source: string, edits: readonly TextEdit[]): string {
	return [...edits]
		.sort((a, b) => b.span.start - a.span.start)
		.reduce((text, e) => text.slice(0, e.span.start) + e.text + text.slice(e.span.end), source);
}

interface Judged {
	readonly name: string;
	readonly source: string;
	readonly verdict: string;
	readonly card: ReturnType<Verification["card"]> | undefined;
	readonly made?: Verification;
}

/** What was judged, by text: tests ask for the same programs. */
const known = new Map<string, Judged>();

function judged(name: string, source: string): Judged {
	const key = `${name}\n${source}`;
	const made = known.get(key) ?? judge(name, source);
	known.set(key, made);
	return made;
}

function judge(name: string, source: string): Judged {
	const made = verification(name, source);
	if (!made) {
		const { found } = program(name, source);
		const { fault = "" } = found.spec;
		return { name, source, verdict: `libbpf: ${fault}`, card: faultCard(fault, found) };
	}
	const { report } = made;
	const card = report.ok || report.unsupported ? undefined : made.card(() => source);
	return { name, source, verdict: verdictText(made), card, made };
}

function verdictText({ report }: Verification): string {
	if (report.unsupported !== undefined) return `not supported by Skep: ${report.unsupported}`;
	if (report.ok) return "accepted";
	const at = report.pc === undefined ? "load" : `insn ${report.pc}`;
	return `${errnoName(report.errno)} at ${at}, ${report.reason}: ${report.message}`;
}

/** The program after its mends, one after the other, with a verdict for each. */
function mends(first: Judged): { title: string; then: Judged }[] {
	const out: { title: string; then: Judged }[] = [];
	for (let at = first; at.card?.fix && out.length < 4; ) {
		const { title, edits } = at.card.fix;
		const then = judged(at.name, edited(at.source, edits));
		out.push({ title, then });
		at = then;
	}
	return out;
}

function rendered(name: string): string {
	const first = judged(name, sourceOf(name));
	const lines = [first.verdict, "", first.card ? longText(first.card) : ""];
	const after = mends(first);
	for (const { title, then } of after) lines.push(`mend: ${title}`, `then: ${then.verdict}`);
	const last = after.at(-1)?.then.source;
	if (last && last.split("\n").length < MOST_LINES) lines.push("", last);
	return `${lines.join("\n").trimEnd()}\n`;
}

describe.each(names)("%s", (name) => {
	test("is explained", () => {
		const text = rendered(name);
		const { card } = judged(name, sourceOf(name));
		expect(card?.id).toBe(wanted(name));
		expect(explainedReasons).toContain(wanted(name));
		for (const said of [card?.reason, card?.known, card?.needed, card?.usually]) {
			expect(said).toMatch(/^([A-Z`\d]|r\d|\w+_).*[.)]$/s);
			expect(said).not.toMatch(/\{[\w ]+\}|\bundefined\b(?! behaviour)|NaN/);
		}
		if (isC(name) && card?.pc !== undefined) expect(card.text).toBeTruthy();
		const golden = join(folder, `${name.replace(/\.s$/, "")}.txt`);
		if (process.env["BLESS"] || !existsSync(golden)) writeFileSync(golden, text);
		expect(text).toBe(readFileSync(golden, "utf8"));
	});

	test("has a mend that leads on", () => {
		const first = judged(name, sourceOf(name));
		if (!first.card?.fix) return;
		const verdicts = [first, ...mends(first).map((m) => m.then)].map((j) => j.verdict);
		expect(new Set(verdicts).size).toBe(verdicts.length);
	});

	test("is rejected with Linux's words", { timeout: 30_000 }, async (context) => {
		if (!linux) return context.skip(`Linux cannot be asked: ${closed}`);
		const source = sourceOf(name);
		// Ids of types are those of one kernel.
		const own = source.includes("vmlinux.h") ? runningTypes() : types;
		if (!own) return context.skip("the running kernel's types cannot be read");
		const known = own === types ? judged(name, source).made : undefined;
		const made = known ?? verification(name, source, own);
		if (!made) return context.skip("libbpf refuses it");
		const { request, report } = made;
		const long = report.reason?.startsWith("limit/") ? 0 : 1;
		const answer = await linux.load(request, { logLevel: long });
		if (answer.errno === EPERM) return context.skip("Linux lets nobody attach here");
		expect([answer.ok, answer.errno]).toEqual([false, report.errno]);
		const words = answer.log.trimEnd().split("\n");
		if (long) for (const message of report.messages) expect(words).toContain(message);
	});
});

test("every class that the verifier names is explained", () => {
	const verifier = join(import.meta.dirname, "../../verifier");
	const files = readdirSync(verifier).filter((f) => f.endsWith(".ts") && !f.includes(".test."));
	const text = files.map((f) => readFileSync(join(verifier, f), "utf8")).join("\n");
	const reasons = [...text.matchAll(/"([a-z]+(?:-[a-z]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*)"/g)].map(
		(m) => m[1],
	);
	expect(reasons.length).toBeGreaterThan(200);
	expect(reasons.filter((r) => !isExplained(r))).toEqual([]);
});

test("the classes that are explained are shown by programs", () => {
	const shown = new Set(names.map(wanted));
	expect(shown.size).toBeGreaterThanOrEqual(80);
	expect(new Set(names.filter(isC).map(wanted)).size).toBeGreaterThanOrEqual(25);
	expect(explainedReasons.length).toBeGreaterThan(120);
});

test("every class with a mend has a program that is mended", () => {
	const mended = { assembly: new Set<string>(), c: new Set<string>() };
	for (const name of names) {
		const { card } = judged(name, sourceOf(name));
		if (card?.fix) mended[isC(name) ? "c" : "assembly"].add(card.id);
	}
	expect([...mended.assembly].sort()).toEqual(mendedReasons.assembly);
	expect([...mended.c].sort()).toEqual(mendedReasons.c);
});
