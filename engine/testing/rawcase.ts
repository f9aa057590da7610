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

/** A map with its contents in hexadecimal. */
export interface RawMapSpec extends Omit<MapSpec, "init" | "inner"> {
	readonly inner?: RawMapSpec;
	readonly init?: readonly { readonly key: string; readonly value: string }[];
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
	/** In place of the maps above: maps by the number that the instructions that load them have as immediate. */
	readonly maps?: readonly RawMapSpec[];
	/** BTF, in hexadecimal, and its records. */
	readonly btf?: string;
	readonly functions?: LoadRequest["functions"];
	readonly lines?: LoadRequest["lines"];
	readonly attachBtfId?: number;
	/** GPL when absent. */
	readonly license?: string;
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
	const maps: MapSpec[] = (raw.maps ?? []).map(mapOf);
	const btf = raw.btf === undefined ? undefined : fromHex(raw.btf);
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
		license: raw.license ?? "GPL",
		code,
		maps,
		...(btf ? { btf } : {}),
		functions: raw.functions ?? [],
		lines: raw.lines ?? [],
		attachBtfId: raw.attachBtfId ?? 0,
	};
}

function mapOf({ init, inner, ...map }: RawMapSpec): MapSpec {
	const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
	const entries = init?.map(({ key, value }) => ({ key: bytes(key), value: bytes(value) }));
	return {
		...map,
		...(entries ? { init: entries } : {}),
		...(inner ? { inner: mapOf(inner) } : {}),
	};
}

/** The case of a request, as `rawRequest` takes it. */
export function requestCase(descr: string, request: LoadRequest): RawCase {
	const { type, expectedAttachType, flags, license, code, btf, functions, lines } = request;
	const attachBtfId = request.attachBtfId ?? 0;
	return {
		descr,
		type,
		attach: expectedAttachType,
		flags,
		insns: toHex(encode(code)),
		...(request.maps.length ? { maps: request.maps.map(rawMap) } : {}),
		...(btf ? { btf: toHex(btf) } : {}),
		...(functions.length ? { functions } : {}),
		...(lines.length ? { lines } : {}),
		...(attachBtfId ? { attachBtfId } : {}),
		...(license === "GPL" ? {} : { license }),
	};
}

function rawMap({ init, inner, ...map }: MapSpec): RawMapSpec {
	const entries = init?.map(({ key, value }) => ({ key: toHex(key), value: toHex(value) }));
	return {
		...map,
		...(entries ? { init: entries } : {}),
		...(inner ? { inner: rawMap(inner) } : {}),
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
