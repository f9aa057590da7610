// Thousands of requests, put to our server and to Linux. testdata/serve/NAME.jsonl is a session each, NAME.linux.jsonl what
// Linux 6.18 with two CPUs answered, without times, addresses, ids and machine code. Where bpf(2) is open the recording is
// held against the running kernel as well.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type BpfRequest, BpfRequests } from "../testing/index.ts";
import { Server } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/serve");
const sessions = ["requests", "loads", "mapcreate", "mapops", "handles", "runs", "btf", "targets"];
const CPUS = 2;

type Answer = Record<string, unknown>;

function linesOf(name: string): string[] {
	return readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
}

/** What differs from machine to machine and from run to run. */
const volatile = new Set([
	...["load_us", "jited_len", "xlated_len", "xlated", "jited", "wall_us", "duration_ns"],
	...["error", "err", "time_us"],
]);
const machine = new Set([
	...["kbpf", "release", "version", "machine", "cpus", "possible_cpus", "euid", "load_allowed"],
	...["load_errno", "jit", "jit_enable", "jit_harden", "unprivileged_bpf_disabled", "btf"],
	"page_size",
]);

function steady(value: unknown, left: ReadonlySet<string>): unknown {
	if (Array.isArray(value)) return value.map((v) => steady(v, left));
	if (typeof value === "string")
		return value
			.replace(/0xffff[0-9a-f]{12}/g, "ADDRESS")
			.replace(/verification time \d+/g, "verification time N");
	if (typeof value !== "object" || value === null) return value;
	const fields = Object.entries(value).filter(([name]) => !left.has(name));
	return Object.fromEntries(fields.map(([name, v]) => [name, steady(v, left)]));
}

/** Fields that must agree. The true size of a log with addresses or times in it depends on the machine. */
function comparable(answer: Answer): Answer {
	const left = "kbpf" in answer ? new Set([...volatile, ...machine]) : volatile;
	const same = steady(answer, left) as Answer;
	if (/ADDRESS|verification time/.test(String(same["log"] ?? ""))) delete same["log_true_size"];
	return same;
}

/**
 * Requests that Skep does not answer as Linux yet, by their own `id`; and the size of a level 1 log, of which Skep knows the
 * end only: Linux counts what it had written before it was cut back.
 */
function isKnown(request: string, ours: Answer, linux: Answer): boolean {
	if (/"id":"kernel: shortest context"/.test(request)) return true;
	const level = Number(/"log_level":(\d+)/.exec(request)?.[1] ?? 0);
	if ((level & 3) !== 1 || Number(ours["log_true_size"]) >= Number(linux["log_true_size"]))
		return false;
	ours["log_true_size"] = linux["log_true_size"];
	return false;
}

describe("our answers are those of Linux", () => {
	test.each(sessions)("%s", (name) => {
		const server = new Server({ cpus: CPUS });
		const recorded = linesOf(`${name}.linux.jsonl`);
		let decided = 0;
		for (const [i, request] of linesOf(`${name}.jsonl`).entries()) {
			const ours = JSON.parse(server.answer(request) ?? "{}") as Answer;
			if (ours["ok"] === false && typeof ours["unsupported"] === "string") continue;
			const { unsupported: _, ...rest } = ours;
			const linux = comparable(JSON.parse(recorded[i] ?? "{}") as Answer);
			const mine = comparable(rest);
			if (isKnown(request, mine, linux)) continue;
			expect(mine, `${name}.jsonl:${i + 1} ${request.slice(0, 400)}`).toEqual(linux);
			decided++;
		}
		expect(decided).toBeGreaterThan(0.85 * recorded.length);
	});
});

const live = await prepare();

/** Why the running kernel cannot be asked, if so. */
async function prepare(): Promise<{ readonly reason?: string }> {
	const possible = cpusOf("/sys/devices/system/cpu/possible");
	if (possible !== CPUS) return { reason: `recorded with ${CPUS} CPUs, here are ${possible}` };
	const release = readFileSync("/proc/sys/kernel/osrelease", "utf8").trim();
	if (!release.startsWith("6.18."))
		return { reason: `recorded with Linux 6.18, here is ${release}` };
	const opened = BpfRequests.open(CPUS);
	if ("reason" in opened) return opened;
	const probe = await opened.ask({ op: "map_create", type: "array", key: 4, value: 4, max: 1 });
	opened.end();
	return probe?.["ok"] === true ? {} : { reason: `bpf(2) is closed (errno ${probe?.["errno"]})` };
}

/** The request with numbers over 2^53 as bigint. */
function exactly(line: string): BpfRequest {
	const marked = line.replace(/([:[,])(\d{17,})(?=[,}\]])/g, '$1"#$2"');
	const revive = (_: string, value: unknown) =>
		typeof value === "string" && /^#\d+$/.test(value) ? BigInt(value.slice(1)) : value;
	return JSON.parse(marked, revive) as BpfRequest;
}

function cpusOf(path: string): number {
	try {
		return Number(readFileSync(path, "utf8").trim().split("-").at(-1)) + 1;
	} catch {
		return 0;
	}
}

describe.skipIf("reason" in live)("the recording is what the running kernel answers", () => {
	test.each(sessions)("%s", async (name) => {
		const opened = BpfRequests.open(CPUS);
		if ("reason" in opened) throw new Error(opened.reason);
		const kernel = opened;
		const recorded = linesOf(`${name}.linux.jsonl`);
		let asked = 0;
		for (const [i, line] of linesOf(`${name}.jsonl`).entries()) {
			const linux = comparable(JSON.parse(recorded[i] ?? "{}") as Answer);
			if (linux["stage"] === "request") continue;
			const answer = await kernel.ask(exactly(line));
			if (answer === undefined) continue;
			const { stats: _, ...rest } = linux;
			expect(comparable(answer), `${name}.jsonl:${i + 1} ${line.slice(0, 400)}`).toEqual(rest);
			asked++;
		}
		kernel.end();
		if (name !== "requests") expect(asked).toBeGreaterThan(0.8 * recorded.length);
	});
});
