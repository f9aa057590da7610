// Rows, chart, fields and byte marks of the packets panel. Pure; dissecting is the net library's.

import { fromHex } from "../../../engine/base/index.ts";
import {
	checksums,
	type Dissection,
	dissect,
	type Field,
	type Layer,
	type Summary,
} from "../../../engine/net/index.ts";
import type { PacketInput } from "../../../engine/workbench/project.ts";
import type { DebugState, PacketResult } from "../../../engine/workbench/protocol.ts";
import type { IconName } from "../../ui/index.ts";

export interface Look {
	readonly icon: IconName;
	/** 1 to 5, the chart colour. */
	readonly colour: 1 | 2 | 3 | 4 | 5;
}

const looks: Readonly<Record<string, Look>> = {
	PASS: { icon: "pass", colour: 1 },
	OK: { icon: "pass", colour: 1 },
	PIPE: { icon: "pass", colour: 1 },
	UNSPEC: { icon: "pass", colour: 1 },
	DROP: { icon: "drop", colour: 2 },
	SHOT: { icon: "drop", colour: 2 },
	TX: { icon: "tx", colour: 3 },
	REDIRECT: { icon: "redirect", colour: 4 },
	ABORTED: { icon: "aborted", colour: 5 },
};

export function lookOf(action: string): Look {
	return looks[action] ?? { icon: "none", colour: 4 };
}

const dissected = new WeakMap<PacketInput, { bytes: Uint8Array; dissection: Dissection }>();

/** The packet's bytes and fields; each packet is dissected once. */
export function read(packet: PacketInput): { bytes: Uint8Array; dissection: Dissection } {
	const there = dissected.get(packet);
	if (there) return there;
	const bytes = fromHex(packet.data) ?? new Uint8Array();
	const made = { bytes, dissection: dissect(bytes) };
	dissected.set(packet, made);
	return made;
}

/** Indexes of the packets that are listed. */
export function listed(
	packets: readonly PacketInput[],
	results: Readonly<Record<number, PacketResult>>,
	action: string | undefined,
): readonly number[] {
	const all = packets.map((_, index) => index);
	return action === undefined ? all : all.filter((index) => actionOf(results[index]) === action);
}

export function actionOf(result: PacketResult | undefined): string {
	if (!result) return "not run";
	return result.trap ? "trap" : result.action;
}

export interface Segment {
	readonly action: string;
	readonly count: number;
	readonly colour: Look["colour"] | 0;
}

/** Verdict counts in the order of first appearance; what has not run comes last. */
export function segments(
	total: number,
	results: Readonly<Record<number, PacketResult>>,
): readonly Segment[] {
	const counts = new Map<string, number>();
	for (let index = 0; index < total; index++) {
		const action = actionOf(results[index]);
		counts.set(action, (counts.get(action) ?? 0) + 1);
	}
	const order = ["PASS", "OK", "DROP", "SHOT", "TX", "REDIRECT", "ABORTED"];
	const rank = (action: string) =>
		action === "not run" ? 99 : order.includes(action) ? order.indexOf(action) : 50;
	return [...counts]
		.map(([action, count]) => ({
			action,
			count,
			colour: action === "not run" ? (0 as const) : lookOf(action).colour,
		}))
		.sort((a, b) => rank(a.action) - rank(b.action));
}

export interface FieldRow {
	readonly key: string;
	readonly depth: 0 | 1;
	readonly label: string;
	readonly text: string;
	readonly start: number;
	readonly end: number;
	/** The value after the run, when it differs. */
	readonly after?: string | undefined;
	/** Field id and layer, for editing; absent for layers. */
	readonly field?: { readonly id: string; readonly layer: number; readonly raw: string };
	readonly problem?: string | undefined;
}

/** Layers and, of the open ones, fields; with the values after the run where they differ. */
export function fieldRows(
	before: Dissection,
	after: Dissection | undefined,
	open: ReadonlySet<string>,
): readonly FieldRow[] {
	return before.layers.flatMap((layer, at) => {
		const later = after && twin(before.layers, after.layers, at);
		const gone = after !== undefined && later === undefined;
		const head: FieldRow = {
			key: layerKey(layer, at),
			depth: 0,
			label: layer.title,
			text: layer.summary,
			start: layer.offset,
			end: layer.offset + layer.length,
			after: gone ? "removed" : undefined,
			problem: layer.problem,
		};
		if (!open.has(head.key)) return [head];
		const fields = layer.fields.map((f, i) => fieldRow(layer, at, f, i, later));
		return [head, ...fields];
	});
}

export function layerKey(layer: Layer, at: number): string {
	return `${layer.id}${at}`;
}

/** The same layer after the run: same protocol, same how-many-eth. */
function twin(before: readonly Layer[], after: readonly Layer[], at: number): Layer | undefined {
	const id = before[at]?.id;
	const nth = before.slice(0, at).filter((l) => l.id === id).length;
	return after.filter((l) => l.id === id)[nth];
}

function fieldRow(
	layer: Layer,
	at: number,
	f: Field,
	i: number,
	later: Layer | undefined,
): FieldRow {
	const then = later?.fields.find(
		(g, j) => g.id === f.id && (j === i || later.fields[i]?.id !== f.id),
	);
	const text = f.valid === "wrong" ? `${f.text} wrong` : f.text;
	return {
		key: `${layerKey(layer, at)}.${i}`,
		depth: 1,
		label: f.label,
		text,
		start: f.offset,
		end: f.offset + f.length,
		after: then && then.text !== f.text ? then.text : undefined,
		field: { id: f.id, layer: at, raw: String(f.value) },
	};
}

export interface ByteMark {
	readonly proven?: "fixed" | "variable" | undefined;
	/** Touched next, though the verifier has no proof that it may be. */
	readonly unproven?: boolean;
	readonly access?: boolean;
	readonly changed?: boolean;
	readonly field?: boolean;
	/** Instruction that wrote it last. */
	readonly writer?: number | undefined;
}

interface Stretch {
	readonly start: number;
	readonly end: number;
}

const covers = (stretches: readonly Stretch[] | undefined, at: number) =>
	stretches?.some((s) => at >= s.start && at < s.end) ?? false;

/** Marks of a byte of the packet as it came in; of a rejected program, what is touched without proof stands out. */
export function markBefore(
	at: number,
	debug: DebugState | undefined,
	field: Stretch | undefined,
	rejected = false,
): ByteMark {
	const proof = debug?.proven.find((p) => at >= p.start && at < p.end);
	const touched = debug?.access !== undefined && covers([debug.access], at);
	return {
		proven: proof && (proof.variable ? "variable" : "fixed"),
		unproven: touched && rejected && proof === undefined,
		access: touched,
		field: field !== undefined && covers([field], at),
	};
}

/** Marks of a byte of the packet as it went out, or as it is now. */
export function markAfter(
	at: number,
	changed: readonly Stretch[],
	writers: PacketResult["writers"],
	access: DebugState["access"],
): ByteMark {
	return {
		changed: covers(changed, at),
		access: access !== undefined && covers([access], at),
		writer: writers?.find((w) => at >= w.start && at < w.end)?.pc,
	};
}

export function changedText(result: PacketResult): string {
	const bytes = result.changed.reduce((n, c) => n + c.end - c.start, 0);
	const moved =
		result.headDelta === 0
			? ""
			: `, ${Math.abs(result.headDelta)} ${result.headDelta < 0 ? "put in front" : "taken off the front"}`;
	if (bytes === 0 && !moved) return "nothing changed";
	const pcs = [...new Set(result.writers?.map((w) => w.pc))].sort((a, b) => a - b);
	const by =
		pcs.length > 0 ? `, by insn${pcs.length === 1 ? "" : "s"} ${pcs.slice(0, 4).join(", ")}` : "";
	return `${bytes} byte${bytes === 1 ? "" : "s"} changed${moved}${by}`;
}

/** Where a field stands after the head was moved. */
export function shifted(stretch: Stretch | undefined, headDelta: number): Stretch | undefined {
	return stretch && { start: stretch.start - headDelta, end: stretch.end - headDelta };
}

/** The innermost field over a byte, with the row key of its layer. */
export function fieldAt(
	dissection: Dissection,
	at: number,
): (Stretch & { readonly layer: string }) | undefined {
	let found: (Stretch & { readonly layer: string }) | undefined;
	for (const [index, layer] of dissection.layers.entries()) {
		for (const f of layer.fields) {
			const [start, end] = [f.offset, f.offset + f.length];
			const tighter = found === undefined || f.length <= found.end - found.start;
			if (at >= start && at < end && tighter) found = { start, end, layer: layerKey(layer, index) };
		}
	}
	return found;
}

export interface ChecksumText {
	readonly text: string;
	readonly right: boolean;
}

/** One verdict over all checksums of a packet; undefined when it has none that can be judged. */
export function checksumText(bytes: Uint8Array): ChecksumText | undefined {
	const judged = checksums(bytes).filter((c) => c.status === "correct" || c.status === "wrong");
	const wrong = judged.filter((c) => c.status === "wrong").map((c) => c.id.replace(/\..*/, ""));
	if (judged.length === 0) return undefined;
	if (wrong.length > 0)
		return { text: `checksum wrong: ${[...new Set(wrong)].join(", ")}`, right: false };
	return { text: judged.length === 1 ? "checksum correct" : "checksums correct", right: true };
}

/** A packet in one short line: the receiver's address is left out where its port says enough. */
export function briefLine({ from, to, protocol, info }: Summary): string {
	if (!from && !to) return `${protocol} ${info}`.trim();
	if (protocol === "ARP") return `ARP ${info}`;
	const port = portOf(to);
	const first = info.split(",")[0] ?? "";
	const says = first && first.length <= 12 ? first : protocol;
	return `${from || "?"} → ${portOf(from) === undefined ? to || "?" : (port ?? to)} ${says}`;
}

/** `:443` of an address with a port; undefined for one without, as bare IPv6 ones are. */
function portOf(address: string): string | undefined {
	return /^(?:[^:]*|\[.*\])(:\d+)$/.exec(address)?.[1];
}

/** Fields that say most of a packet, best first. */
const telling = [
	"tcp.dstport",
	"udp.dstport",
	"icmp.type",
	"icmpv6.type",
	"arp.opcode",
	"ip.proto",
	"ipv6.nxt",
	"ip.ttl",
	"ipv6.hlim",
	"vlan.id",
	"eth.type",
];

/** Fields that the run changed, or those most looked at when it changed none. */
export function briefRows(rows: readonly FieldRow[]): readonly FieldRow[] {
	const fields = rows.filter((r) => r.depth === 1);
	const changed = fields.filter((r) => r.after !== undefined);
	const rank = (r: FieldRow) => telling.indexOf(r.field?.id ?? "");
	const rest = fields
		.filter((r) => r.after === undefined && rank(r) >= 0)
		.sort((a, b) => rank(a) - rank(b));
	return [...changed, ...rest].slice(0, 3);
}

/** The list with the packet at `from` standing at `to`. */
export function reordered<T>(list: readonly T[], from: number, to: number): readonly T[] {
	const moved = list[from];
	if (moved === undefined || to < 0 || to >= list.length) return list;
	const rest = list.filter((_, at) => at !== from);
	return [...rest.slice(0, to), moved, ...rest.slice(to)];
}
