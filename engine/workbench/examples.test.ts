// Every example of the site builds, gets Linux's own verdict, and does with its packets what it says.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadRequest } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { buildFile, judge, simulatedTypes, targetOf, validateProject } from "./index.ts";

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

/** The types that objects are made for: the running kernel's, where it can be asked about them, else the simulated one's. */
const running = "/sys/kernel/btf/vmlinux";
const own = existsSync(running) && "linux" in opened;
const types = own ? targetOf(new Uint8Array(readFileSync(running))).value : await simulatedTypes();
const kernel = types ? { kernel: types.btf } : {};
const language = (e: Entry) => e.source.split(".").at(-1) ?? "";

test.each([
	["s", 11, 3],
	["c", 13, 3],
])(
	".%s: at least %d, and %d that are rejected, each for another reason",
	(extension, kept, bad) => {
		const all = entries.filter((e) => language(e) === extension);
		const rejected = all.filter((e) => e.group === "Rejected");
		expect(all.length - rejected.length).toBeGreaterThanOrEqual(kept);
		expect(rejected.length).toBeGreaterThanOrEqual(bad);
		const reasons = rejected.map((e) => {
			const { object, program } = firstProgram(e);
			return judge(object, program, { logLevel: 0, ...kernel }).report?.reason;
		});
		expect(new Set(reasons).size).toBe(rejected.length);
	},
);

function firstProgram(entry: Entry) {
	const bytes = new Uint8Array(readFileSync(join(folder, entry.source)));
	const built = buildFile(entry.source, bytes, types);
	expect(built.diagnostics).toEqual([]);
	const program = built.object?.programs.find((p) => !entry.program || p.name === entry.program);
	if (!built.object || !program) throw new Error(`${entry.id} has no program`);
	return { object: built.object, program };
}

describe.each(entries)("$id", (entry) => {
	test("is a project with packets and a line on what to try", () => {
		const text = readFileSync(join(folder, entry.source), "utf8");
		expect(text).toMatch(/^(;|\/\/) Try: /m);
		const { value, diagnostics } = validateProject({
			version: 1,
			name: entry.id,
			files: [{ path: entry.source, text }],
			entry: entry.source,
			scenario: { packets: entry.packets, maps: entry.maps },
		});
		expect(diagnostics).toEqual([]);
		const least = entry.group === "Tracing" ? 0 : 3;
		expect(value?.scenario.packets.length).toBeGreaterThanOrEqual(least);
	});

	test("is accepted, or rejected where it says so", () => {
		const { object } = firstProgram(entry);
		for (const program of object.programs) {
			const { ok, unsupported } = judge(object, program, { logLevel: 0, ...kernel });
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
			const ours = judge(object, program, { logLevel: 2, ...kernel });
			expect([ours.ok, Math.abs(ours.errno)]).toEqual([asked.ok, asked.errno]);
			expect(lines(ours.log)).toEqual(lines(asked.log));
		}
	});
});

/** Lines, so that a difference is readable; the addresses of maps are the kernel's own. */
function lines(log: string): string[] {
	return log.replace(/0xffff[0-9a-f]{12}/g, "ADDRESS").split("\n");
}
