// Every example of the site builds, gets Linux's own verdict, and does with its packets what it says.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadRequest } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { buildFile, judge, validateProject } from "./index.ts";

const folder = join(import.meta.dirname, "../../public/examples");

interface Entry {
	readonly id: string;
	readonly title: string;
	readonly group: string;
	readonly source: string;
	readonly program?: string;
	readonly packets: readonly unknown[];
	readonly maps?: object;
}

const entries = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as readonly Entry[];
const opened = await Linux.open();
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

test("there are at least twelve, three of them rejected, each for another reason", () => {
	const rejected = entries.filter((e) => e.group === "Rejected");
	expect(entries.length - rejected.length).toBeGreaterThanOrEqual(11);
	const reasons = rejected.map((e) => {
		const { object, program } = firstProgram(e);
		return judge(object, program, { logLevel: 0 }).report?.reason;
	});
	expect(new Set(reasons).size).toBe(rejected.length);
});

function firstProgram(entry: Entry) {
	const built = buildFile(entry.source, new Uint8Array(readFileSync(join(folder, entry.source))));
	expect(built.diagnostics).toEqual([]);
	const program = built.object?.programs.find((p) => !entry.program || p.name === entry.program);
	if (!built.object || !program) throw new Error(`${entry.id} has no program`);
	return { object: built.object, program };
}

describe.each(entries)("$id", (entry) => {
	test("is a project with packets and a line on what to try", () => {
		const text = readFileSync(join(folder, entry.source), "utf8");
		expect(text).toMatch(/^; Try: /m);
		const { value, diagnostics } = validateProject({
			version: 1,
			name: entry.id,
			files: [{ path: entry.source, text }],
			entry: entry.source,
			scenario: { packets: entry.packets, maps: entry.maps },
		});
		expect(diagnostics).toEqual([]);
		expect(value?.scenario.packets.length).toBeGreaterThan(2);
	});

	test("is accepted, or rejected where it says so", () => {
		const { object } = firstProgram(entry);
		for (const program of object.programs) {
			const { ok, unsupported } = judge(object, program, { logLevel: 0 });
			expect([unsupported, ok]).toEqual([undefined, entry.group !== "Rejected"]);
		}
	});

	test.skipIf("reason" in opened)(`gets Linux's verdict, message and log${why}`, async () => {
		if (!("linux" in opened)) return;
		const { object } = firstProgram(entry);
		for (const program of object.programs) {
			const request = loadRequest(object, program);
			const asked = await opened.linux.load(
				{ ...request, maps: request.maps.map((m) => ({ ...m, slots: [] })) },
				{ logLevel: 2 },
			);
			await opened.linux.close(asked);
			const ours = judge(object, program, { logLevel: 2 });
			expect([ours.ok, Math.abs(ours.errno)]).toEqual([asked.ok, asked.errno]);
			expect(lines(ours.log)).toEqual(lines(asked.log));
		}
	});
});

/** Lines, so that a difference is readable; the addresses of maps are the kernel's own. */
function lines(log: string): string[] {
	return log.replace(/0xffff[0-9a-f]{12}/g, "ADDRESS").split("\n");
}
