// The conformance report: raw programs and objects put to Linux and to the verifier, agreement counted by program type, what
// differs sorted. For tests and `npm run conformance` only.

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Target, targetOf } from "../elf/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { conform, type Difference, type Finding, type Judge } from "./conformance.ts";
import { judgeWith } from "./judge.ts";
import { Linux } from "./linux.ts";
import { listsVariables, runningKernel } from "./machine.ts";
import { basesOf, compareMutants, mutantsOf, PATIENCE } from "./mutants.ts";
import { conformObject } from "./objectcase.ts";
import { ObjectLinux } from "./objectlinux.ts";
import { parityPage } from "./page.ts";
import { rawRequest, readCases } from "./rawcase.ts";
import { smallest } from "./smallest.ts";
import { probes, type Sweep, sweeps } from "./sweep.ts";
import { sweepFindings } from "./sweeprun.ts";
import { tallies, tally } from "./tally.ts";

interface ReportOptions {
	/** Directories of objects, object files, JSON-lines files of raw programs. */
	readonly paths: readonly string[];
	/** A row of questions in place of files, or `all`. */
	readonly sweep?: string;
	/** The kernel's types; the running kernel's own when absent. */
	readonly vmlinux?: string;
	readonly only?: string;
	/** Longer programs are compared without their logs. */
	readonly patience?: number;
	/** Log level of objects' comparison: 6 when absent. */
	readonly level?: number;
	/** BPF_F_* flags that objects are loaded with besides their own. */
	readonly flags?: number;
	/** In place of the programs of objects so many variants of each, with slips, from this seed on. */
	readonly mutants?: number;
	readonly seed?: number;
	/** Make programs that differ as small as they get. */
	readonly minimise?: boolean;
	/** Write the parity page here. */
	readonly page?: string;
	/** Write the findings here, one JSON object a line. */
	readonly findings?: string;
}

const RUNNING = "/sys/kernel/btf/vmlinux";

function kernelTypes(path: string | undefined): Target | undefined {
	const file = path ?? RUNNING;
	if (!existsSync(file)) return undefined;
	return targetOf(new Uint8Array(readFileSync(file))).value;
}

function filesOf(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.filter((f) => f.endsWith(".o"))
		.sort()
		.map((f) => join(path, f));
}

/** Prints the report by way of `say`, line by line. */
export async function report(options: ReportOptions, say: (line: string) => void): Promise<void> {
	const findings: Finding[] = [];
	const files = options.paths.flatMap(filesOf);
	const target = kernelTypes(options.vmlinux);
	const objects = files.filter((f) => !f.endsWith(".jsonl"));
	for (const file of files.filter((f) => f.endsWith(".jsonl")))
		findings.push(...(await rawFindings(file, target, options, say)));
	const compareObjects = options.mutants ? mutated : objectFindings;
	if (objects.length) findings.push(...(await compareObjects(objects, target, options, say)));
	for (const sweep of sweeps)
		if (options.sweep === sweep || options.sweep === "all")
			findings.push(...(await asked(sweep, target, say)));
	for (const line of tableOf(findings)) say(line);
	for (const line of differences(findings)) say(line);
	for (const line of keptFromLinux(findings)) say(line);
	if (options.findings)
		writeFileSync(options.findings, findings.map((f) => `${JSON.stringify(f)}\n`).join(""));
	if (options.page) writeFileSync(options.page, parityPage(findings));
}

async function asked(
	sweep: Sweep,
	target: Target | undefined,
	say: (line: string) => void,
): Promise<Finding[]> {
	const opened = await Linux.open();
	if ("reason" in opened) {
		say(`${sweep}: Linux cannot be asked: ${opened.reason}`);
		return [];
	}
	const rows = probes(sweep, target?.btf);
	const findings = await sweepFindings(rows, opened.linux, judgeWith(target?.btf), 1);
	opened.linux.end();
	return findings;
}

function differs({ difference }: Finding): boolean {
	return !["same", "skipped", "unsupported"].includes(difference);
}

async function rawFindings(
	file: string,
	target: Target | undefined,
	options: ReportOptions,
	say: (line: string) => void,
): Promise<Finding[]> {
	const opened = await Linux.open();
	if ("reason" in opened) {
		say(`${file}: Linux cannot be asked: ${opened.reason}`);
		return [];
	}
	const judge = judgeWith(target?.btf);
	const findings: Finding[] = [];
	for (const raw of readCases(readFileSync(file, "utf8"))) {
		if (options.only && !raw.descr.includes(options.only)) continue;
		const finding = await conform(raw, opened.linux, judge, 2);
		findings.push(finding);
		const request = rawRequest(raw);
		if (options.minimise && typeof request !== "string" && differs(finding))
			say(await smallest(raw.descr, request, finding.difference, opened.linux, judge));
	}
	opened.linux.end();
	return findings;
}

async function objectFindings(
	files: readonly string[],
	target: Target | undefined,
	options: ReportOptions,
	say: (line: string) => void,
): Promise<Finding[]> {
	const opened = ObjectLinux.open();
	if ("reason" in opened) {
		say(`${files.length} objects: skipped, Linux cannot be asked: ${opened.reason}`);
		return [];
	}
	const machine = runningKernel();
	const judge = judgeWith(target?.btf, { dataSymbols: listsVariables(machine) });
	const findings: Finding[] = [];
	const different: { finding: Finding; request: LoadRequest }[] = [];
	for (const file of files)
		findings.push(
			...(await conformObject(file, opened.objects, judge, {
				onJudged: (finding, request) => {
					if (options.minimise && differs(finding)) different.push({ finding, request });
				},
				load: { ...(target ? { target } : {}), kernel: machine },
				patience: options.patience ?? 20_000,
				...(options.level === undefined ? {} : { level: options.level }),
				...(options.flags === undefined ? {} : { flags: options.flags }),
				...(options.only ? { only: options.only } : {}),
			})),
		);
	opened.objects.end();
	if (different.length) await minimised(different, judge, say);
	return findings;
}

/** Says the smallest program of each difference. */
async function minimised(
	different: readonly { finding: Finding; request: LoadRequest }[],
	judge: Judge,
	say: (line: string) => void,
): Promise<void> {
	const opened = await Linux.open();
	if ("reason" in opened) return say(`nothing made smaller: ${opened.reason}`);
	for (const { finding, request } of different)
		say(await smallest(finding.raw.descr, request, finding.difference, opened.linux, judge));
	opened.linux.end();
}

/** What differs about the programs with slips, so many of each. */
async function mutated(
	files: readonly string[],
	target: Target | undefined,
	{ mutants = 0, minimise, only, seed = 0 }: ReportOptions,
	say: (line: string) => void,
): Promise<Finding[]> {
	const opened = await Linux.open();
	if ("reason" in opened) {
		say(`${files.length} objects: skipped, Linux cannot be asked: ${opened.reason}`);
		return [];
	}
	const machine = runningKernel();
	const dataSymbols = listsVariables(machine);
	const judge = judgeWith(target?.btf, { insnLimit: PATIENCE + 1, dataSymbols });
	const bases = basesOf(files, target, machine).filter((b) => !only || b.descr.includes(only));
	const make = mutantsOf(bases, target);
	const plan = { first: seed, count: mutants * bases.length };
	const { findings, counts } = await compareMutants(make, opened.linux, judge, plan);
	say(`mutants: ${JSON.stringify(counts)}`);
	for (const { raw, difference } of minimise ? findings : []) {
		const n = Number(raw.descr.split(" ").at(-1));
		if (difference !== "unsupported")
			say(await smallest(raw.descr, make(n).request, difference, opened.linux, judge));
	}
	opened.linux.end();
	return findings;
}

function tableOf(findings: readonly Finding[]): string[] {
	const rows = tallies(findings).map((t) =>
		[t.judged, t.decided, t.lax, t.strict, t.verdict, t.message, t.processed, t.states, t.log]
			.map((n) => String(n).padStart(9))
			.join("")
			.concat(`  ${t.title}`),
	);
	const heads = "judged decided lax strict verdict message processed states log".split(" ");
	const all = tally(
		"",
		findings.filter((f) => !f.refused),
	);
	const share = (n: number) => `${((100 * n) / Math.max(all.decided, 1)).toFixed(2)} %`;
	return [
		heads.map((h) => h.padStart(9)).join(""),
		...rows,
		`of ${all.decided} decided: verdict ${share(all.verdict)}, message ${share(all.message)}, processed ${share(all.processed)}, states ${share(all.states)}, log ${share(all.log)}`,
	];
}

const order: readonly Difference[] = [
	"crash",
	"lax",
	"strict",
	"errno",
	"words",
	"processed",
	"states",
	"log",
	"unsupported",
];

/** What Skep says of the programs that libbpf or policy kept from Linux's verifier. */
function keptFromLinux(findings: readonly Finding[]): string[] {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		if (!finding.apart) continue;
		const key = `kept from Linux by ${finding.apart.by}, Skep ${finding.apart.skep}`;
		groups.set(key, [...(groups.get(key) ?? []), finding]);
	}
	return [...groups]
		.sort()
		.flatMap(([key, list]) => [
			"",
			`== ${key}: ${list.length}`,
			...list.map((f) => `${f.raw.descr}: ${f.detail}\n  skep  ${f.apart?.words}`),
		]);
}

function differences(findings: readonly Finding[]): string[] {
	return order.flatMap((difference) => {
		const list = findings.filter((f) => f.difference === difference);
		if (list.length === 0) return [];
		return [
			"",
			`== ${difference}: ${list.length}`,
			...list.map((f) => `${f.raw.descr}${f.refused ? " (annotation)" : ""}: ${f.detail}`),
		];
	});
}
