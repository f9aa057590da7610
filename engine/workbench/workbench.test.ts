// The way of a person through the engine: edit, verdict, packets, steps, maps, files.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { createWorkbench, type Project, validateProject } from "./index.ts";
import type { EngineEvent } from "./protocol.ts";

const folder = join(import.meta.dirname, "../../public/examples");
const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as {
	id: string;
	source: string;
	program?: string;
	packets: unknown[];
	maps?: object;
}[];

function example(id: string, edit: (text: string) => string = (t) => t): Project {
	const entry = index.find((e) => e.id === id);
	const text = edit(readFileSync(join(folder, entry?.source ?? ""), "utf8"));
	const { value } = validateProject({
		version: 1,
		name: id,
		files: [{ path: "main.s", text }],
		entry: "main.s",
		scenario: { packets: entry?.packets, maps: entry?.maps },
	});
	if (!value) throw new Error(`no example ${id}`);
	return value;
}

let events: EngineEvent[] = [];
const engine = createWorkbench((e) => events.push(e), {
	pause: () => new Promise((r) => setImmediate(r)),
});
beforeEach(() => {
	events = [];
});

test("the firewall: built, accepted, its packets passed and dropped", async () => {
	const build = await engine.open(1, example("firewall"));
	expect(build.diagnostics).toEqual([]);
	expect(build.programs.map((p) => [p.name, p.typeName, p.length])).toEqual([
		["firewall", "xdp", 31],
	]);
	const verdict = await engine.verify(1, "firewall");
	expect(verdict.verdict).toEqual({ kind: "accepted" });
	expect(verdict.visits.length).toBe(31);
	expect(verdict.hints.length).toBeGreaterThan(5);
	for (const kind of ["vm", "jit"] as const) {
		const run = await engine.run({ program: "firewall", engine: kind });
		expect(run.counts).toEqual({ PASS: 9, DROP: 3 });
	}
	const window = await engine.mapWindow("closed_ports", 0, 10);
	expect(window.entries.find((e) => e.key === "0017")?.values).toEqual(["0200000000000000"]);
});

test("a rejection: message, place and card", async () => {
	await engine.open(2, example("rejected-bounds"));
	const reply = await engine.verify(2, "read_port");
	expect(reply.verdict).toMatchObject({
		kind: "rejected",
		errno: 13,
		reason: "packet/invalid-access",
		pc: 6,
		line: 13,
	});
	expect(reply.card).toMatchObject({
		reason: "Reads bytes 36 to 37 of the packet, but only bytes 0 to 35 are proven to be there.",
		range: { proven: 36, neededFrom: 36, neededTo: 38 },
		path: [{ kind: "branch", taken: false, times: 1 }],
	});
	expect(reply.card?.kernel[0]).toBe(
		"invalid access to packet, off=36 size=2, R1(id=0,off=36,r=36)",
	);
});

test("states and log by windows", async () => {
	await engine.open(3, example("pass-drop"));
	await engine.verify(3, "pass_drop");
	const state = await engine.state("pass_drop", 6, 1);
	expect(state?.registers.find((r) => r.name === "r1")?.text).toBe("pkt(r=34)");
	expect(await engine.state("pass_drop", 6, 99)).toBeUndefined();
	const log = await engine.log("pass_drop", 0, 3);
	expect(log.lines[0]?.text).toBe("func#0 @0");
	expect(log.total).toBeGreaterThan(20);
});

test("stepping both ways, with what the verifier knew", async () => {
	await engine.open(4, example("firewall"));
	await engine.verify(4, "firewall");
	const start = await engine.debug("firewall", 3);
	expect([start?.step, start?.pc, start?.total]).toEqual([0, 0, 30]);
	let state = start;
	while (state && !state.finished) {
		expect(state.registers.filter((r) => r.inside === false)).toEqual([]);
		state = await engine.step("into");
	}
	expect(state?.finished).toEqual({ retval: 1, action: "DROP" });
	const back = await engine.seek(6);
	expect(back?.registers[6]).toMatchObject({ value: "pkt+0", known: "pkt(r=34)", inside: true });
	expect(back?.access).toEqual({ start: 12, end: 14, kind: "read" });
	expect(back?.proven).toEqual([{ start: 0, end: 34, by: "r3 r=34", variable: false }]);
	const earlier = await engine.step("back");
	expect(earlier?.step).toBe(5);
	await engine.leave();
});

test("changed bytes know who wrote them, checksums stay correct", async () => {
	await engine.open(5, example("load-balancer"));
	const run = await engine.run({ program: "balance", engine: "vm" });
	expect(run.counts).toEqual({ TX: 7, PASS: 2 });
	const first = run.results[0];
	expect(first?.out).toBe("eth0");
	expect(first?.writers?.length).toBeGreaterThan(2);
	expect(first?.changed.some((c) => c.start <= 33 && c.end > 33)).toBe(true);
});

test("ring buffer records and trace lines come with the run", async () => {
	await engine.open(6, example("ringbuf-sampler"));
	const run = await engine.run({ program: "sample", engine: "jit" });
	expect(run.records.length).toBe(11);
	expect(run.records[0]?.data.length).toBe(24);
	await engine.open(7, example("tc-marker"));
	const marked = await engine.run({ program: "mark_egress", engine: "vm" });
	expect(marked.trace.some((line) => line.includes("mark 1"))).toBe(true);
	expect(marked.counts["SHOT"]).toBe(1);
});

test("tail calls reach the other programs", async () => {
	await engine.open(8, example("tail-call"));
	const run = await engine.run({ program: "dispatch", engine: "vm" });
	expect(run.counts["DROP"]).toBe(4);
});

test("an endless unverified run ends with Stop, and the project is still there", async () => {
	const project = example("pass-drop", (t) =>
		t.replace("\tw0 = XDP_PASS\n", "again:\n\tgoto again\n\tw0 = XDP_PASS\n"),
	);
	await engine.open(9, project);
	const { verdict } = await engine.verify(9, "pass_drop");
	expect(verdict.kind).toBe("rejected");
	const running = engine.run({ program: "pass_drop", engine: "vm", unverified: true });
	setTimeout(() => void engine.stop(), 30);
	const reply = await running;
	expect(reply.stopped).toBe(true);
	expect(reply.results.at(-1)?.trap?.message).toContain("stopped");
});

test("errors of the source come with places, the former build stays", async () => {
	await engine.open(10, example("firewall"));
	const reply = await engine.build(
		11,
		example("firewall", (t) => t.replace("exit", "exti")),
	);
	expect(reply.programs).toEqual([]);
	expect(reply.diagnostics[0]?.span?.line).toBe(39);
});

test("map edits answer with Linux's errno", async () => {
	await engine.open(12, example("firewall"));
	expect(await engine.mapUpdate("closed_ports", "01bb", "0000000000000000")).toEqual({ ok: true });
	expect(await engine.mapDelete("closed_ports", "0001")).toEqual({ ok: false, error: "ENOENT" });
	expect(await engine.mapUpdate("closed_ports", "01", "00")).toMatchObject({ ok: false });
	expect((await engine.maps())[0]?.entries).toBe(3);
});
