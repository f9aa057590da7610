// The maps of the loaded object for viewing and editing, in hexadecimal.

import { errnoName } from "../abi/index.ts";
import { fromHex, toHex } from "../base/index.ts";
import { allCpus, type BpfMap } from "../maps/index.ts";
import type { Installation } from "./install.ts";
import { mapInfo } from "./programs.ts";
import type { MapInfo, MapReply, MapWindow } from "./protocol.ts";

/** Entries that are counted at most. */
const MOST_COUNTED = 100_000;

export class MapView {
	readonly #installation: Installation;

	constructor(installation: Installation) {
		this.#installation = installation;
	}

	list(): (MapInfo & { entries: number })[] {
		const { object, maps } = this.#installation;
		return object.maps.map((spec, i) => {
			const map = maps[i];
			return { ...mapInfo(spec), entries: map ? count(map) : 0 };
		});
	}

	window(name: string, from: number, wanted: number): MapWindow {
		const map = this.#installation.map(name);
		if (!map) return { map: name, total: 0, from: 0, entries: [] };
		const entries: { key: string; values: readonly string[] }[] = [];
		let key = map.nextKey();
		for (let i = 0; typeof key !== "number" && i < from + wanted; i++) {
			if (i >= from) entries.push({ key: toHex(key), values: valuesOf(map, key) });
			key = map.nextKey(key);
		}
		return { map: name, total: count(map), from, entries };
	}

	update(name: string, key: string, value: string): MapReply {
		const [map, keyBytes, valueBytes] = [
			this.#installation.map(name),
			fromHex(key),
			fromHex(value),
		];
		if (!map) return { ok: false, error: `there is no map ${name}` };
		const { keySize, valueSize } = map.spec;
		if (!keyBytes || keyBytes.length !== keySize)
			return {
				ok: false,
				error: `the key has ${keySize} bytes: ${2 * keySize} hexadecimal digits`,
			};
		if (!valueBytes || (valueBytes.length !== valueSize && valueBytes.length !== map.userValueSize))
			return {
				ok: false,
				error: `the value has ${valueSize} bytes: ${2 * valueSize} hexadecimal digits`,
			};
		return answer(map.update(keyBytes, allCpus(map, valueBytes)));
	}

	delete(name: string, key: string): MapReply {
		const [map, keyBytes] = [this.#installation.map(name), fromHex(key)];
		if (!map) return { ok: false, error: `there is no map ${name}` };
		if (!keyBytes || keyBytes.length !== map.spec.keySize)
			return { ok: false, error: `the key has ${map.spec.keySize} bytes` };
		return answer(map.delete(keyBytes));
	}
}

function answer(result: number): MapReply {
	return result === 0
		? { ok: true }
		: { ok: false, error: errnoName(-result) ?? `errno ${-result}` };
}

function count(map: BpfMap): number {
	let n = 0;
	let key = map.nextKey();
	while (typeof key !== "number" && n < MOST_COUNTED) {
		n++;
		key = map.nextKey(key);
	}
	return n;
}

/** One value a CPU for per-CPU maps. */
function valuesOf(map: BpfMap, key: Uint8Array): string[] {
	const value = map.lookup(key);
	if (typeof value === "number") return [errnoName(-value) ?? ""];
	const size = map.spec.valueSize;
	if (value.length <= size) return [toHex(value)];
	const stride = Math.ceil(size / 8) * 8;
	return Array.from({ length: Math.floor(value.length / stride) }, (_, cpu) =>
		toHex(value.subarray(cpu * stride, cpu * stride + size)),
	);
}
