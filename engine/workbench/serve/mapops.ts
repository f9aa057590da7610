// Requests on maps that are kept: bpf(2)'s operations on elements, dumps, reading a ring buffer.

import { errno } from "../../abi/index.ts";
import { toHex } from "../../base/index.ts";
import { type BpfMap, RingbufKind } from "../../maps/index.ts";
import { type Answer, done, failed } from "./answer.ts";
import type { Fields } from "./fields.ts";
import { RequestFault } from "./json.ts";
import { MAP_FIELDS, makeMap, put } from "./makemap.ts";
import type { Session } from "./session.ts";
import { type Contents, keyBytes, valueBytes, valueSize } from "./value.ts";

const U64 = 2 ** 64;
const DUMPED = 65536;
const MOST_DUMPED = 1_000_000;
const MOST_TEXT = 64 << 20;
const BPF_MAP_TYPE_BLOOM_FILTER = 30;

export function mapCreate(session: Session, request: Fields): Answer {
	const fields = request.only(["op", "id", "keep", "btf_handle", ...MAP_FIELDS]);
	const keep = fields.has("keep") ? fields.text("keep") : undefined;
	session.handles.check(keep, 0);
	const btf = fields.has("btf_handle")
		? { btf: session.handles.btf(fields.text("btf_handle"), "btf_handle") }
		: {};
	const { map, bytes } = makeMap(session, fields, { earlier: [], ...btf });
	const value_bytes = valueSize(map, session.cpus);
	if (keep === undefined) {
		session.handles.discard(map);
		return { ...done, value_bytes };
	}
	session.handles.keepMap(keep, map, bytes);
	return { ...done, map: keep, value_bytes };
}

export function mapLookup(session: Session, request: Fields, remove: boolean): Answer {
	const fields = request.only(["op", "id", "map", "key", "value", "flags"]);
	const map = mapOf(session, fields);
	const key = keyBytes(map, fields.get("key"), "key");
	const given = fields.get("value");
	const asked = given === undefined ? undefined : valueBytes(map, given, "value", session.cpus);
	const flags = fields.number("flags", 0, U64);
	if (needlessKey(map, fields)) return failed(errno.EINVAL, "map");
	const bloom = map.spec.type === BPF_MAP_TYPE_BLOOM_FILTER;
	const preset = bloom ? (asked ?? new Uint8Array(map.spec.valueSize)) : undefined;
	const value = remove ? map.lookupAndDelete(key, flags) : map.lookup(key, flags, preset);
	return typeof value === "number" ? failed(-value, "map") : { ...done, value: toHex(value) };
}

export function mapUpdate(session: Session, request: Fields): Answer {
	const allowed = ["op", "id", "map", "key", "value", "value_prog", "value_map", "flags"];
	const fields = request.only(allowed);
	const map = mapOf(session, fields);
	const key = keyBytes(map, fields.get("key"), "key");
	const value = contents(session, fields, map);
	const flags = fields.number("flags", 0, U64);
	if (needlessKey(map, fields)) return failed(errno.EINVAL, "map");
	return outcome(put(session, map, key, value, flags));
}

function contents(session: Session, fields: Fields, map: BpfMap): Contents {
	const { handles, cpus } = session;
	const thing = fields.has("value_prog")
		? handles.program(fields.text("value_prog"), "value_prog")
		: fields.has("value_map")
			? handles.map(fields.text("value_map"), "value_map")
			: undefined;
	if (!thing) {
		const value = fields.get("value");
		if (value === undefined) throw new RequestFault('"value" is missing');
		return { bytes: valueBytes(map, value, "value", cpus) };
	}
	if (!fields.has("value") && valueSize(map, cpus) !== 4)
		throw new RequestFault("this map's values are not file descriptors");
	return { bytes: new Uint8Array(Uint32Array.of(thing.id).buffer), thing };
}

export function mapDelete(session: Session, request: Fields): Answer {
	const fields = request.only(["op", "id", "map", "key"]);
	const map = mapOf(session, fields);
	const key = keyBytes(map, fields.get("key"), "key");
	return needlessKey(map, fields) ? failed(errno.EINVAL, "map") : outcome(map.delete(key));
}

export function mapNext(session: Session, request: Fields): Answer {
	const fields = request.only(["op", "id", "map", "key"]);
	const map = mapOf(session, fields);
	const given = fields.get("key");
	const key = given === undefined ? undefined : keyBytes(map, given, "key");
	if (needlessKey(map, fields)) return failed(errno.EINVAL, "map");
	const next = map.nextKey(key);
	return typeof next === "number" ? failed(-next, "map") : { ...done, key: toHex(next) };
}

export function mapDump(session: Session, request: Fields): Answer {
	const fields = request.only(["op", "id", "map", "limit"]);
	const map = mapOf(session, fields);
	const limit = fields.number("limit", DUMPED, MOST_DUMPED);
	const entries: Answer[] = [];
	let written = 0;
	let key = map.nextKey();
	while (typeof key !== "number" && entries.length < limit && written <= MOST_TEXT) {
		const value = map.lookup(key);
		const k = toHex(key);
		entries.push(typeof value === "number" ? { k, errno: -value } : { k, v: toHex(value) });
		written += 2 * (key.length + (typeof value === "number" ? 0 : value.length)) + 20;
		key = map.nextKey(key);
	}
	const error = typeof key === "number" && key !== -errno.ENOENT ? -key : 0;
	if (error !== 0 && entries.length === 0) return failed(error, "map");
	const truncated = typeof key !== "number" || error !== 0;
	return { ...done, entries, count: entries.length, truncated };
}

export function ringbufRead(session: Session, request: Fields): Answer {
	const fields = request.only(["op", "id", "map", "limit"]);
	const map = mapOf(session, fields);
	const limit = fields.number("limit", DUMPED, MOST_DUMPED);
	if (!(map.kind instanceof RingbufKind)) throw new RequestFault('"map": not a ringbuf');
	const { records, discarded, leftBytes } = map.kind.consume(limit);
	return { ...done, records: records.map(toHex), discarded, left_bytes: leftBytes };
}

function mapOf(session: Session, fields: Fields): BpfMap {
	return session.handles.map(fields.text("map"), "map");
}

/** A pointer to a key is EINVAL where maps have none. */
function needlessKey(map: BpfMap, fields: Fields): boolean {
	return map.spec.keySize === 0 && fields.has("key");
}

function outcome(result: number): Answer {
	return result === 0 ? done : failed(-result, "map");
}
