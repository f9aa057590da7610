// A stand-in for the engine, for developing the page without one (`?fixture` in `npm run dev`). It takes each line of
// the entry file for an instruction and says the same of every program. Never part of the built page.

import type { Project } from "../../engine/workbench/project.ts";
import type {
	DebugState,
	Engine,
	EngineEvent,
	ListingRow,
	PacketResult,
	StepKind,
	VerifyReply,
} from "../../engine/workbench/protocol.ts";

const bytesOf = (hex: string) =>
	Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export function listingOf(project: Project): readonly ListingRow[] {
	const file = project.files.find((f) => f.path === project.entry);
	const rows: ListingRow[] = [];
	let pc = 0;
	let label: string | undefined;
	const lines = file && "text" in file ? file.text.split("\n") : [];
	for (const [at, line] of lines.entries()) {
		const text = line.replace(/;.*/, "").trim();
		const named = /^(\w+):$/.exec(text);
		if (named) label = named[1];
		if (!text || named || text.startsWith(".")) continue;
		const slots = / ll$/.test(text) ? 2 : 1;
		rows.push({
			pc,
			slots,
			bytes: "b701000000000000".repeat(slots),
			text,
			...(label ? { label } : {}),
			file: project.entry,
			line: at + 1,
		});
		label = undefined;
		pc += slots;
	}
	return rows;
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: canned answers, one after another
export function fixtureEngine(events: (event: EngineEvent) => void): Engine {
	let rows: readonly ListingRow[] = [];
	let project: Project | undefined;
	let at = 0;
	let packet = 0;
	const build = async (revision: number, next: Project) => {
		project = next;
		rows = listingOf(next);
		const last = rows.at(-1);
		const length = last ? last.pc + last.slots : 0;
		return {
			revision,
			diagnostics: [],
			programs: rows.length
				? [
						{
							name: "xdp_firewall",
							section: "xdp",
							type: 6,
							typeName: "xdp",
							length,
							listing: rows,
						},
					]
				: [],
			maps: [
				{
					name: "rules",
					type: 1,
					typeName: "hash",
					keySize: 2,
					valueSize: 8,
					maxEntries: 256,
					flags: 0,
				},
			],
			timeMs: 1,
		};
	};
	const verdict = (revision: number): VerifyReply => {
		const bad = rows.find((r) => r.text.includes("REJECT"));
		const visits: number[] = [];
		for (const [i, r] of rows.entries())
			visits[r.pc] = bad && r.pc > bad.pc ? 0 : i % 7 === 3 ? 4 : 1;
		const base = {
			revision,
			program: "xdp_firewall",
			insnsProcessed: 59,
			totalStates: 4,
			peakStates: 4,
			timeMs: 0.4,
			visits,
			hints: rows
				.filter((r) => /^r\d+ [+=]/.test(r.text))
				.map((r) => ({
					file: r.file ?? "",
					line: r.line ?? 0,
					text: `${r.text.slice(0, 2)} pkt(r=34)`,
				})),
			logLines: 400,
		};
		if (!bad) return { ...base, verdict: { kind: "accepted" } };
		return {
			...base,
			verdict: {
				kind: "rejected",
				message: "invalid access to packet, off=16 size=2, R2(id=1,off=16,r=16)",
				errno: 13,
				reason: "packet/out-of-range",
				pc: bad.pc,
				...(bad.line === undefined ? {} : { line: bad.line, file: project?.entry ?? "" }),
			},
			card: {
				pc: bad.pc,
				...(bad.line === undefined ? {} : { line: bad.line, file: project?.entry ?? "" }),
				reason: "Reads bytes 16 and 17, but only 0 to 15 are proven readable.",
				kernel: [
					"invalid access to packet, off=16 size=2, R2(id=1,off=16,r=16)",
					"R2 offset is outside of the packet",
				],
				known: "Line 46 checks that the port begins inside the packet.",
				needed: "A check that it also ends inside it: r ≥ 18.",
				path: [
					{ from: 0, to: 5 },
					{ from: 6, to: 10 },
					{ from: 11, to: bad.pc },
				],
				range: { label: "bytes from data + ihl * 4", proven: 16, neededFrom: 16, neededTo: 18 },
			},
		};
	};
	const result = (index: number): PacketResult => {
		const after = bytesOf(project?.scenario.packets[index]?.data ?? "");
		const changed =
			after.length > 25 && index % 3 === 1
				? [
						{ start: 22, end: 23 },
						{ start: 24, end: 25 },
					]
				: [];
		for (const c of changed) after[c.start] = (after[c.start] ?? 0) - 1;
		return {
			index,
			action: ["PASS", "PASS", "PASS", "DROP", "TX", "PASS", "DROP"][index % 7] ?? "PASS",
			retval: 2,
			steps: 12 + index * 3,
			after,
			headDelta: 0,
			changed,
			writers: changed.map((c) => ({ ...c, pc: 12, step: 20 })),
		};
	};
	const state = (): DebugState => {
		const row = rows[at];
		const now = bytesOf(project?.scenario.packets[packet]?.data ?? "");
		return {
			revision: 0,
			program: "xdp_firewall",
			packet,
			step: at,
			total: rows.length,
			pc: row?.pc ?? 0,
			file: project?.entry ?? "",
			...(row?.line === undefined ? {} : { line: row.line }),
			visit: 1,
			stoppedBy: "step",
			registers: Array.from({ length: 11 }, (_, i) => ({
				name: `r${i}`,
				value: i === 10 ? "fp+0" : i > 3 && i !== 6 ? "–" : `pkt+${i * 14}`,
				raw: (i * 14).toString(16).padStart(16, "0"),
				known: i === 10 ? "fp0" : i > 3 && i !== 6 ? "not init" : `pkt(off=${i * 14},r=34)`,
				inside: true,
				changed: i === at % 4,
			})),
			stack: [
				{
					offset: -8,
					bytes: [undefined, undefined, undefined, undefined, undefined, undefined, 1, 187],
					text: "port = 443",
					changed: true,
				},
			],
			frames: [
				{
					name: "xdp_firewall",
					pc: row?.pc ?? 0,
					...(row?.line === undefined ? {} : { line: row.line }),
				},
			],
			packetNow: now,
			headDelta: 0,
			access: { start: 36, end: 38, kind: "read" },
			changed: [],
			proven: [
				{ start: 0, end: 34, by: "r6 r=34", variable: false },
				{ start: 34, end: 54, by: "r2 r=34", variable: true },
			],
			marks: [
				{ step: 5, kind: "breakpoint" },
				{ step: 9, kind: "write" },
				{ step: 20, kind: "call" },
			],
		};
	};
	const moves: Record<StepKind, () => number> = {
		into: () => at + 1,
		over: () => at + 1,
		out: () => rows.length,
		back: () => at - 1,
		"back-over": () => at - 1,
		start: () => 0,
		end: () => rows.length,
		continue: () => rows.length,
		"reverse-continue": () => 0,
	};
	const seek = async (to: number) => {
		at = Math.max(0, Math.min(rows.length - 1, to));
		return state();
	};
	let entries = [
		{ key: "0017", values: ["0000000000000004"] },
		{ key: "01bb", values: ["0000000000000001"] },
	];
	return {
		open: build,
		build,
		verify: async (revision) => verdict(revision),
		log: async (_program, from, count) => ({
			revision: 0,
			from,
			total: 400,
			lines: Array.from({ length: Math.min(count, 400 - from) }, (_, i) => {
				const row = rows[(from + i) % rows.length];
				return row
					? {
							text: `${row.pc}: (b7) ${row.text}                ; R1=pkt(r=34) R10=fp0`,
							pc: row.pc,
						}
					: { text: "" };
			}),
		}),
		state: async (_program, pc, visit) => ({
			pc,
			visit,
			visits: 2,
			frame: 0,
			registers: state().registers.map((r) => ({
				name: r.name,
				text: r.known ?? "",
				changed: r.changed,
			})),
			stack: [{ offset: -8, text: "mmmmmmmm" }],
		}),
		run: async () => {
			const results = (project?.scenario.packets ?? []).map((_, i) => result(i));
			const counts: Record<string, number> = {};
			for (const r of results) counts[r.action] = (counts[r.action] ?? 0) + 1;
			events({
				kind: "packets",
				revision: 0,
				results,
				done: results.length,
				total: results.length,
			});
			return { revision: 0, results, counts, stopped: false, timeMs: 1, trace: [], records: [] };
		},
		debug: async (_program, index) => {
			packet = index;
			return seek(0);
		},
		step: async (kind) => seek(moves[kind]()),
		seek,
		breakpoints: async () => {},
		leave: async () => {},
		stop: async () => {},
		maps: async () => [
			{
				name: "rules",
				type: 1,
				typeName: "hash",
				keySize: 2,
				valueSize: 8,
				maxEntries: 256,
				flags: 0,
				entries: entries.length,
			},
		],
		mapWindow: async (map, from, count) => ({
			map,
			total: entries.length,
			from,
			entries: entries.slice(from, from + count),
		}),
		mapUpdate: async (_map, key, value) => {
			entries = [...entries.filter((e) => e.key !== key), { key, values: [value] }];
			return { ok: true };
		},
		mapDelete: async (_map, key) => {
			entries = entries.filter((e) => e.key !== key);
			return { ok: true };
		},
		reset: async () => {},
		complete: async (line: string) => ({ from: line.length, words: [] }),
		command: async (line) => `fixture: ${line}`,
		pcap: async () => new Uint8Array(24),
		importFile: async (name, bytes) => ({
			kind: "source",
			path: name,
			text: new TextDecoder().decode(bytes),
		}),
	};
}
