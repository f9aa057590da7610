// Puts programs to Linux and to the verifier and tells where the two answers differ: in the verdict, in the words of a
// rejection, in the number of instructions processed, in the log. For tests only.

import type { LoadRequest } from "../object/index.ts";
import type { Linux } from "./linux.ts";
import { type RawCase, rawRequest } from "./rawcase.ts";

/** One side's answer about one program. */
export interface Answer {
	readonly ok: boolean;
	readonly errno: number;
	/** Instructions processed, -1 when the log does not say. */
	readonly processed: number;
	readonly log: string;
	/** Skep's own limits, which are no verdict. */
	readonly unsupported?: string;
}

/** The verifier under test. */
export type Judge = (request: LoadRequest, logLevel: number) => Answer;

/** How two answers differ, the gravest first. */
export type Difference =
	| "same"
	| "lax"
	| "strict"
	| "errno"
	| "words"
	| "processed"
	| "states"
	| "log"
	| "unsupported"
	| "skipped"
	| "crash";

export interface Finding {
	readonly raw: Pick<RawCase, "descr" | "type">;
	readonly difference: Difference;
	/** The first thing that differs, on both sides. */
	readonly detail: string;
	/** Policy kept Linux from judging: the other side is the program's annotation. */
	readonly refused?: boolean;
	/** What Skep says of a program that Linux was not asked about. */
	readonly apart?: Apart;
}

/** A program that libbpf or policy kept from Linux's verifier, and Skep's answer to it. */
export interface Apart {
	readonly by: "libbpf" | "policy" | "loader";
	readonly skep: "accepts" | "rejects" | "refuses" | "lacks";
	/** Why. */
	readonly words: string;
}

const noise = /^(processed \d|mark_precise|verification time|stack depth|; |$)/;

/** The last line of a rejection's log that is not a statistic. */
export function lastWords(log: string): string {
	// Some messages end without a line feed.
	const apart = log.replace(/(?<=.)(?=verification time |processed \d+ insns \(limit)/g, "\n");
	const lines = apart.split("\n").filter((line) => !noise.test(line));
	return lines.at(-1) ?? "";
}

/** Instructions processed, as the log's last lines say. */
export function processedOf(log: string): number {
	return Number(/processed (\d+) insns \(limit/.exec(log)?.[1] ?? -1);
}

/** The log's lines, addresses and times left out: no two runs have the same. */
function comparable(log: string): string[] {
	return log
		.replace(/(\(18\) r\d+ = 0x)ffff[0-9a-f]{12}\b/g, "$1map")
		.replace(/verification time \d+ usec\n/g, "")
		.split("\n");
}

/** Counts of states, as the log's last line says. */
function statesOf(log: string): string {
	return /processed .*(max_states_per_insn.*) mark_read/m.exec(log)?.[1] ?? "";
}

/** The first line in which two logs differ. */
function firstDifference(linux: string, skep: string): string | undefined {
	const [a, b] = [comparable(linux), comparable(skep)];
	for (let i = 0; i < Math.max(a.length, b.length); i++) {
		if (a[i] === b[i]) continue;
		return `line ${i + 1}\n  linux ${a[i]}\n  skep  ${b[i]}`;
	}
	return undefined;
}

/** Whether Linux must not be asked: the program makes its verifier fault. */
export function isHarmful(skep: Answer): boolean {
	return skep.unsupported?.startsWith("Linux itself faults") === true;
}

/** What differs between the two answers. */
export function compare(linux: Answer, skep: Answer): { difference: Difference; detail: string } {
	const both = (a: unknown, b: unknown) => `linux ${a}\n  skep  ${b}`;
	if (skep.unsupported !== undefined)
		return { difference: "unsupported", detail: skep.unsupported };
	if (linux.ok !== skep.ok)
		return {
			difference: skep.ok ? "lax" : "strict",
			detail: skep.ok ? lastWords(linux.log) : lastWords(skep.log),
		};
	const [words, ours] = [lastWords(linux.log), lastWords(skep.log)];
	if (linux.errno !== skep.errno)
		return {
			difference: "errno",
			detail: both(`${linux.errno} ${words}`, `${skep.errno} ${ours}`),
		};
	if (!linux.ok && words !== ours) return { difference: "words", detail: both(words, ours) };
	if (linux.processed !== skep.processed)
		return { difference: "processed", detail: both(linux.processed, skep.processed) };
	const line = firstDifference(linux.log, skep.log);
	if (statesOf(linux.log) !== statesOf(skep.log))
		return { difference: "states", detail: both(statesOf(linux.log), statesOf(skep.log)) };
	return line === undefined
		? { difference: "same", detail: "" }
		: { difference: "log", detail: line };
}

/** Linux's answer about a request. */
export async function askLinux(linux: Linux, request: LoadRequest, logLevel: number) {
	const load = await linux.load(request, { logLevel });
	await linux.close(load);
	return { ...load, processed: processedOf(load.log) };
}

/** Both answers about a case, compared. */
export async function conform(
	raw: RawCase,
	linux: Linux,
	judge: Judge,
	logLevel: number,
): Promise<Finding> {
	const request = rawRequest(raw);
	if (typeof request === "string") return { raw, difference: "skipped", detail: request };
	return { raw, ...(await conformRequest(request, linux, judge, logLevel)) };
}

/** Both answers about a request, compared. */
export async function conformRequest(
	request: LoadRequest,
	linux: Linux,
	judge: Judge,
	logLevel: number,
): Promise<Pick<Finding, "difference" | "detail">> {
	let ours: Answer;
	try {
		ours = judge(request, logLevel);
	} catch (error) {
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return { difference: "crash", detail: text };
	}
	if (isHarmful(ours)) return { difference: "skipped", detail: ours.unsupported ?? "" };
	const theirs = await askLinux(linux, request, logLevel);
	if (theirs.stage === "map" || theirs.stage === "btf")
		return { difference: "skipped", detail: `Linux did not verify: errno ${theirs.errno}` };
	return compare(theirs, ours);
}

/** Counts of findings by difference, and their details by frequency, digits apart. */
export function summary(findings: readonly Finding[]): string {
	const counts = new Map<string, number>();
	const details = new Map<string, { count: number; first: string }>();
	for (const { difference, detail, raw } of findings) {
		counts.set(difference, (counts.get(difference) ?? 0) + 1);
		if (difference === "same") continue;
		const key = `${difference}: ${detail.replace(/0x[0-9a-f]+|\d+/g, "N")}`;
		const known = details.get(key);
		if (known) known.count++;
		else details.set(key, { count: 1, first: `${raw.descr}\n  ${detail}` });
	}
	const rows = [...details].sort((a, b) => b[1].count - a[1].count);
	return [
		[...counts].map(([difference, count]) => `${difference} ${count}`).join(", "),
		...rows.map(([key, { count, first }]) => `${count}x ${key.split(":")[0]} e.g. ${first}`),
	].join("\n");
}
