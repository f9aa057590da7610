// Editing a packet in place: one field by id or offset, and checksums set right. Lengths never change.
import type { Outcome } from "../base/index.ts";
import { setU16, writeBits } from "./bits.ts";
import { dissect } from "./dissect.ts";
import type { ChecksumStatus, Field, Layer } from "./layer.ts";
import { LinkType } from "./names.ts";
import { encodeValue, valueBytes } from "./value.ts";

/** One checksum of a packet. */
export interface ChecksumVerdict {
	/** The field, e.g. `tcp.checksum`. */
	readonly id: string;
	/** Index into the dissection's layers. */
	readonly layer: number;
	readonly offset: number;
	readonly actual: number;
	readonly status: ChecksumStatus;
	readonly expected?: number;
}

/** Every checksum of the packet with its verdict, outermost first. */
export function checksums(
	bytes: Uint8Array,
	linkType: number = LinkType.ethernet,
): ChecksumVerdict[] {
	return dissect(bytes, linkType).layers.flatMap((layer, i) =>
		layer.fields.flatMap((f) =>
			f.valid === undefined
				? []
				: [
						{
							id: f.id,
							layer: i,
							offset: f.offset,
							actual: Number(f.value),
							status: f.valid,
							...(f.expected === undefined ? {} : { expected: f.expected }),
						},
					],
		),
	);
}

/** How `fixChecksums` reads the packet. */
export interface FixOptions {
	readonly linkType?: number;
	/** Offset of a checksum to leave as it is. */
	readonly except?: number;
}

/** A copy with every wrong checksum set right, inner ones first; absent, unverifiable and quoted ones stay. */
export function fixChecksums(bytes: Uint8Array, options: FixOptions = {}): Uint8Array {
	const out = bytes.slice();
	const count = dissect(out, options.linkType).layers.length;
	for (let i = count - 1; i >= 0; i--) {
		const layer = dissect(out, options.linkType).layers[i];
		for (const f of layer?.fields ?? []) {
			const wrong = f.valid === "wrong" && f.expected !== undefined && layer?.quoted !== true;
			if (wrong && f.offset !== options.except) setU16(out, f.offset, f.expected ?? 0);
		}
	}
	return out;
}

/** A field by its id, in the layer of that index or the first that has it; or raw bytes at an offset. */
export type EditTarget =
	| { readonly field: string; readonly layer?: number; readonly occurrence?: number }
	| { readonly offset: number };

/** How `setField` reads the packet, and what it does beside the edit. */
export interface EditOptions {
	readonly linkType?: number;
	/** Afterwards set right every checksum but an edited one. */
	readonly fixChecksums?: boolean;
}

function fail(message: string): Outcome<Uint8Array> {
	return { diagnostics: [{ severity: "error", id: "net/edit", message }] };
}

function findField(
	layers: readonly Layer[],
	target: { field: string; layer?: number; occurrence?: number },
): Field | undefined {
	const from = target.layer === undefined ? layers : layers.slice(target.layer, target.layer + 1);
	const found = from.flatMap((l) => l.fields.filter((f) => f.id === target.field));
	return found[target.occurrence ?? 0];
}

function place(
	out: Uint8Array,
	field: Field,
	value: number | string | boolean,
): string | undefined {
	const bits = field.bitLength ?? field.length * 8;
	const encoded = encodeValue(
		{ kind: field.kind, bits, ...(field.scale ? { scale: field.scale } : {}) },
		value,
	);
	if ("problem" in encoded) return encoded.problem;
	if ("number" in encoded && !field.littleEndian)
		writeBits(out, field.offset * 8 + (field.bitOffset ?? 0), bits, encoded.number);
	else {
		const bytes = valueBytes(encoded, bits);
		out.set(field.littleEndian ? bytes.reverse() : bytes, field.offset);
	}
	return undefined;
}

/**
 * A copy with one field set: by field id (number, address text, flag names, hexadecimal for byte fields) or, at an
 * offset, raw bytes in hexadecimal or one byte as a number. Errors (`net/edit`) say what was expected.
 */
export function setField(
	bytes: Uint8Array,
	target: EditTarget,
	value: number | string | boolean,
	options: EditOptions = {},
): Outcome<Uint8Array> {
	const linkType = options.linkType ?? LinkType.ethernet;
	const out = bytes.slice();
	let edited: Field | undefined;
	if ("field" in target) {
		edited = findField(dissect(bytes, linkType).layers, target);
		if (!edited) return fail(`this packet has no field ${target.field}`);
	} else {
		const length = typeof value === "string" ? Math.ceil(value.replace(/\s+/g, "").length / 2) : 1;
		const { offset } = target;
		if (!Number.isInteger(offset) || offset < 0 || length === 0 || offset + length > out.length)
			return fail(`offset ${offset}: expected ${length} bytes inside the packet's ${out.length}`);
		edited = {
			id: "",
			label: "",
			kind: typeof value === "string" ? "bytes" : "dec",
			offset,
			length,
			value: 0,
			text: "",
		};
	}
	const problem = place(out, edited, value);
	if (problem !== undefined) return fail(`${edited.id || `offset ${edited.offset}`}: ${problem}`);
	if (!options.fixChecksums) return { value: out, diagnostics: [] };
	const except = edited.valid === undefined ? -1 : edited.offset;
	return { value: fixChecksums(out, { linkType, except }), diagnostics: [] };
}
