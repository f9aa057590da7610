// BPF_MAP_CREATE from a request: attributes, the estimate of its size, first contents, freezing.

import { errno, mapCreateError, mapType } from "../../abi/index.ts";
import type { Failure } from "../../kernel/index.ts";
import type { BpfMap, MapAttributes } from "../../maps/index.ts";
import { type Answer, Failed, failed } from "./answer.ts";
import { Fields, wholeNumber } from "./fields.ts";
import { type Json, RequestFault } from "./json.ts";
import { mapBtfError } from "./mapbtf.ts";
import type { Session } from "./session.ts";
import { type Contents, keyBytes, takesDescriptors, valueBytes, valueSize } from "./value.ts";

export const MAP_FIELDS = [
	"type",
	"key",
	"value",
	"max",
	"flags",
	"inner",
	"extra",
	"name",
	"numa",
	"freeze",
	"btf_key",
	"btf_value",
	"init",
] as const;

const TYPE = { ARRAY: 2, PERCPU_ARRAY: 6, LPM_TRIE: 11, STRUCT_OPS: 26, BLOOM_FILTER: 30 } as const;
const MAPS_OF_MAPS: ReadonlySet<number> = new Set([12, 13]);
const RINGS: ReadonlySet<number> = new Set([27, 31]);
const GROWING: ReadonlySet<number> = new Set([33, TYPE.LPM_TRIE, TYPE.BLOOM_FILTER]);
const BPF_F_NO_PREALLOC = 1;
const U64 = 2 ** 64;
const MOST_BYTES = 2 ** 30;
const MOST_BYTES_IN_ALL = 2 ** 31;

export interface MadeMap {
	readonly map: BpfMap;
	/** Estimated bytes. */
	readonly bytes: number;
}

/** The surroundings of a map in a request: maps made before it, its index, BTF. */
export interface Surroundings {
	readonly earlier: readonly MadeMap[];
	readonly index?: number;
	readonly btf?: Uint8Array;
}

export function makeMap(session: Session, fields: Fields, around: Surroundings): MadeMap {
	const spec = attributes(session, fields, around);
	const bytes = estimate(spec, session.cpus);
	const sum = around.earlier.reduce((n, m) => n + m.bytes, session.handles.bytes + bytes);
	const place = around.index === undefined ? {} : { map_index: around.index };
	if (bytes > MOST_BYTES || sum > MOST_BYTES_IN_ALL) {
		const error = `map too big for this tool (about ${bytes} bytes)`;
		throw new Failed(failed(0, "request", { ...place, error }));
	}
	const created = session.kernel.createMap(spec);
	if ("failure" in created) throw new Failed(refusal(spec, created.failure, place));
	const { map } = created;
	session.handles.adopt(map);
	try {
		const refused = mapBtfError(spec, around.btf);
		if (refused) throw new Failed(failed(refused, "map", place));
		fill(session, fields, map, around, place);
	} catch (error) {
		session.handles.discard(map);
		throw error;
	}
	return { map, bytes };
}

/** The answer when there is no map. */
function refusal(spec: MapAttributes, failure: Failure, place: Answer): Answer {
	const { errno: number, unsupported } = failure;
	if (unsupported !== undefined) {
		const known = mapCreateError(spec);
		return known ? failed(errno[known], "map", place) : failed(0, "map", { ...place, unsupported });
	}
	if (number === errno.ENOMEM)
		return failed(0, "map", { ...place, unsupported: "maps over guest memory" });
	// Without `inner` the descriptor is 0, which is standard input and no map.
	const noInner = number === errno.EBADF && MAPS_OF_MAPS.has(spec.type) && !spec.inner;
	return failed(noInner ? errno.EINVAL : number, "map", place);
}

function attributes(session: Session, fields: Fields, around: Surroundings): MapAttributes {
	const type = typeNumber(fields);
	if (type === TYPE.STRUCT_OPS)
		throw new RequestFault("struct_ops maps are not made here: filling one attaches it");
	const [keyType, valueType] = [fields.number("btf_key", 0), fields.number("btf_value", 0)];
	const inner = innerOf(session, fields, around);
	return {
		name: truncated(fields.text("name", "")),
		type,
		keySize: fields.number("key", 0),
		valueSize: fields.number("value", 0),
		maxEntries: fields.number("max", 0),
		flags: fields.number("flags", 0),
		extra: fields.number("extra", 0, U64),
		numa: fields.number("numa", 0),
		...(keyType ? { btfKeyTypeId: keyType } : {}),
		...(valueType ? { btfValueTypeId: valueType } : {}),
		...(inner && MAPS_OF_MAPS.has(type) ? { inner: inner.spec } : {}),
	};
}

/** Names longer than the kernel's 15 bytes are cut. */
export function truncated(name: string): string {
	return name.slice(0, 15);
}

function typeNumber(fields: Fields): number {
	const given = fields.get("type");
	if (given === undefined) throw new RequestFault('"type" is missing');
	if (typeof given !== "string" || /^\d/.test(given)) return fields.number("type", 0);
	if (given === "unspec") return 0;
	const found = mapType(given)?.id;
	if (found === undefined) throw new RequestFault(`"type": "${given}" is not known`);
	return found;
}

function innerOf(session: Session, fields: Fields, around: Surroundings): BpfMap | undefined {
	const given = fields.get("inner");
	return given === undefined ? undefined : mapOf(session, given, "inner", around);
}

/** A map by its handle, or by its index among those made before. */
function mapOf(session: Session, given: Json, field: string, around: Surroundings): BpfMap {
	if (typeof given === "string") return session.handles.map(given, field);
	const made = around.earlier[Number(wholeNumber(given, field, 0xffffffffn))];
	if (!made) throw new RequestFault(`"${field}": an earlier entry of "maps" is needed`);
	return made.map;
}

/** Bytes that a map takes in the kernel, roughly; 0 for those that grow with use. */
function estimate(spec: MapAttributes, cpus: number): number {
	if (RINGS.has(spec.type)) return spec.maxEntries;
	if (GROWING.has(spec.type) || spec.flags & BPF_F_NO_PREALLOC) return 0;
	const perCpu = mapType(spec.type)?.perCpu ?? false;
	let element = rounded(spec.valueSize) * (perCpu ? cpus : 1) + (perCpu ? 8 : 0);
	if (spec.type !== TYPE.ARRAY && spec.type !== TYPE.PERCPU_ARRAY)
		element += rounded(spec.keySize) + 48;
	return element > MOST_BYTES_IN_ALL ? element : element * spec.maxEntries;
}

function rounded(size: number): number {
	return Math.ceil(size / 8) * 8;
}

function fill(
	session: Session,
	fields: Fields,
	map: BpfMap,
	around: Surroundings,
	place: Answer,
): void {
	for (const one of fields.list("init")) {
		const entry = new Fields(one, 'an entry of "init"', ["k", "v", "prog", "map", "flags"]);
		const key = keyBytes(map, entry.get("k"), "k");
		const value = contents(session, entry, map, around);
		const error = put(session, map, key, value, entry.number("flags", 0, U64));
		if (error !== 0) {
			const what = "BPF_MAP_UPDATE_ELEM failed";
			throw new Failed(failed(-error, "map_init", { ...place, error: what }));
		}
	}
	if (!fields.flag("freeze")) return;
	const error = map.freeze();
	if (error !== 0)
		throw new Failed(failed(-error, "map_init", { ...place, error: "BPF_MAP_FREEZE failed" }));
}

function contents(session: Session, entry: Fields, map: BpfMap, around: Surroundings): Contents {
	const [program, other] = [entry.get("prog"), entry.get("map")];
	if (program === undefined && other === undefined) {
		const value = entry.get("v");
		if (value === undefined) throw new RequestFault('"v" is missing');
		return { bytes: valueBytes(map, value, "v", session.cpus) };
	}
	if (valueSize(map, session.cpus) !== 4)
		throw new RequestFault("this map's values are not file descriptors");
	const thing =
		program === undefined
			? mapOf(session, other ?? 0, "map", around)
			: session.handles.program(entry.text("prog"), "prog");
	return { bytes: new Uint8Array(Uint32Array.of(thing.id).buffer), thing };
}

/** BPF_MAP_UPDATE_ELEM: 0 or a negated errno. */
export function put(
	session: Session,
	map: BpfMap,
	key: Uint8Array,
	{ bytes, thing }: Contents,
	flags: number,
): number {
	const error = map.update(key, bytes, flags);
	if (error === 0 && thing && takesDescriptors(map)) session.handles.contain(map, thing);
	return error;
}
