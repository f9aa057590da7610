// Bytes back to the spec that builds them, for the packet editor. Checked by building: never a spec of other bytes.
import { equalBytes, toHex } from "../base/index.ts";
import { build } from "./build.ts";
import { dissect } from "./dissect.ts";
import type { Layer } from "./layer.ts";
import { LinkType } from "./names.ts";
import { isLayerId, partAfter } from "./protocol.ts";
import { type LayerSpec, type Loose, type PacketSpec, tailSpec } from "./spec.ts";
import { decodeValue, tcpFlagText } from "./value.ts";

interface Whole {
	/** Every field of the layer, computed or not. */
	readonly spec: Loose;
	/** Names of the fields that `build` computes when left out. */
	readonly computed: readonly string[];
	/** The byte after the fixed parts. */
	readonly fixedEnd: number;
}

function wholeSpec(bytes: Uint8Array, layer: Layer): Whole {
	const values: Record<string, number | string> = {};
	const computed: string[] = [];
	let at = layer.offset;
	let count = 0;
	let part = partAfter(layer.id, count, values);
	while (part) {
		for (const field of part.fields) {
			values[field.name] = decodeValue(field, bytes, at * 8 + field.at);
			if (field.auto) computed.push(field.name);
		}
		at += part.size;
		count++;
		part = partAfter(layer.id, count, values);
	}
	const end = layer.offset + layer.length;
	const tail = tailSpec(layer.id, bytes, layer.offset, Math.min(at, end), end);
	return {
		spec: { layer: layer.id, ...values, ...forPeople(layer, values), ...tail },
		computed,
		fixedEnd: at,
	};
}

/** Values that a spec writes in another way than the bytes. */
function forPeople(layer: Layer, values: Loose): Loose {
	const flags = values["flags"];
	if (layer.id === "tcp" && typeof flags === "number" && flags > 0 && flags < 512)
		return { flags: tcpFlagText(flags) };
	if (layer.id !== "null") return {};
	const [family] = layer.fields;
	return { family: family?.value, ...(family?.littleEndian ? {} : { bigEndian: true }) };
}

function isLayerSpec(spec: Loose): spec is Loose & LayerSpec {
	return typeof spec["layer"] === "string" && isLayerId(spec["layer"]);
}

interface Draft {
	readonly layers: Record<string, unknown>[];
	readonly trailer: string;
}

function packetOf(draft: Draft): PacketSpec {
	const layers = draft.layers.filter(isLayerSpec);
	return draft.trailer === "" ? { layers } : { layers, trailer: draft.trailer };
}

/** Makes explicit those computed fields that the packet has otherwise than `build` would. */
function settle(
	bytes: Uint8Array,
	layers: readonly Layer[],
	wholes: readonly Whole[],
	draft: Draft,
): boolean {
	const differing = (i: number, checksum: boolean) => {
		const whole = wholes[i];
		const layer = layers[i];
		const spec = draft.layers[i];
		const built = build(packetOf(draft)).value;
		if (!whole || !layer || !spec || !built) return;
		const now = wholeSpec(built, layer).spec;
		for (const name of whole.computed)
			if ((name === "checksum") === checksum && now[name] !== whole.spec[name])
				spec[name] = whole.spec[name];
	};
	for (let i = 0; i < layers.length; i++) differing(i, false);
	for (let i = layers.length - 1; i >= 0; i--) differing(i, true);
	const built = build(packetOf(draft)).value;
	return built !== undefined && equalBytes(built, bytes);
}

function attempt(
	bytes: Uint8Array,
	layers: readonly Layer[],
	trailerAt: number,
): PacketSpec | undefined {
	const wholes = layers.map((layer) => wholeSpec(bytes, layer));
	const specs = wholes.map(({ spec, computed }): Record<string, unknown> => {
		const kept = Object.entries(spec).filter(([name]) => !computed.includes(name));
		return Object.fromEntries(kept);
	});
	const last = layers.at(-1);
	const covered = last ? last.offset + last.length : 0;
	const stop = Math.max(covered, Math.min(trailerAt, bytes.length));
	if (stop > covered) specs.push({ layer: "data", hex: toHex(bytes.subarray(covered, stop)) });
	const draft = { layers: specs, trailer: toHex(bytes.subarray(stop)) };
	return settle(bytes, layers, wholes, draft) ? packetOf(draft) : undefined;
}

/**
 * The spec whose `build` gives these bytes again, with computed fields left out wherever computing them gives what the
 * packet has. Headers that the bytes do not have in full, and packets quoted by ICMP errors, become `data` layers.
 */
export function specOf(bytes: Uint8Array, linkType: number = LinkType.ethernet): PacketSpec {
	const { layers } = dissect(bytes, linkType);
	const padding = layers[0]?.fields.find((f) => f.id === "eth.padding" || f.id === "eth.trailer");
	const cut = layers.findIndex(
		(l) => l.quoted || l.length === 0 || wholeSpec(bytes, l).fixedEnd > l.offset + l.length,
	);
	for (let count = cut < 0 ? layers.length : cut; count > 0; count--) {
		const found = attempt(bytes, layers.slice(0, count), padding?.offset ?? bytes.length);
		if (found) return found;
	}
	return { layers: [{ layer: "data", hex: toHex(bytes) }] };
}
