// Raw verifier cases, one JSON object a line: a program as hexadecimal instructions, with the places of its maps. From
// the kernel's own tests, from the frontier generator, or written by hand. For tests only.

import { fromHex, toHex } from "../base/index.ts";
import { type Code, decode, encode } from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";

/** Maps that a case may refer to, by the key that lists the instructions that load them. */
export const rawMaps = {
	map_hash_8b: shape(1, 8, 8, 1),
	map_hash_48b: shape(1, 8, 48, 1),
	map_array_48b: shape(2, 4, 48, 1),
	map_array_small: shape(2, 4, 1, 1),
	map_event_output: shape(4, 4, 4, 1),
	map_ringbuf: shape(27, 0, 0, 4096),
} as const;

export type RawMap = keyof typeof rawMaps;

function shape(type: number, keySize: number, valueSize: number, maxEntries: number): MapSpec {
	return { name: "", type, keySize, valueSize, maxEntries, flags: 0 };
}

export interface RawCase extends Partial<Record<RawMap, readonly number[]>> {
	readonly descr: string;
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	/** BPF_ATTACH_TYPE. */
	readonly attach: number;
	/** BPF_F_* load flags. */
	readonly flags: number;
	readonly insns: string;
	/** What a case needs besides instructions and the maps above. */
	readonly needs_btf?: boolean;
	readonly kfuncs?: readonly unknown[];
	readonly attach_to?: string;
	readonly map_kptr?: readonly number[];
}

/** The request of a case, or why there is none. */
export function rawRequest(raw: RawCase): LoadRequest | string {
	if (raw.insns === undefined) return "no instructions";
	if (raw.needs_btf || raw.kfuncs || raw.attach_to || raw.map_kptr) return "needs BTF";
	const bytes = fromHex(raw.insns);
	if (!bytes) return "malformed hexadecimal";
	const code = decode(bytes);
	const maps: MapSpec[] = [];
	for (const name of Object.keys(rawMaps) as RawMap[]) {
		const places = raw[name];
		if (!places) continue;
		for (const pc of places) code.imm[pc] = maps.length;
		maps.push(rawMaps[name]);
	}
	return {
		name: "",
		type: raw.type,
		expectedAttachType: raw.attach,
		flags: raw.flags,
		license: "GPL",
		code,
		maps,
		functions: [],
		lines: [],
		attachBtfId: 0,
	};
}

/** A case of a program whose map loads are marked by the imm of `maps`. */
export function rawCase(
	descr: string,
	type: number,
	code: Code,
	places: Partial<Record<RawMap, readonly number[]>>,
): RawCase {
	return { descr, type, attach: 0, flags: 0, ...places, insns: toHex(encode(code)) };
}

/** The cases of a file's text. */
export function readCases(text: string): RawCase[] {
	return text
		.split("\n")
		.filter((line) => line !== "")
		.map((line): RawCase => JSON.parse(line));
}
