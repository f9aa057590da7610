// Keys and values of maps as requests write them: hexadecimal bytes of the right length, numbers for keys, one value for all
// CPUs of a per-CPU map.

import { mapType } from "../../abi/index.ts";
import type { LoadedProgram } from "../../kernel/index.ts";
import type { BpfMap } from "../../maps/index.ts";
import { hexBytes, wholeNumber } from "./fields.ts";
import { type Json, RequestFault } from "./json.ts";

/** prog_array, perf_event_array, cgroup_array, array_of_maps, hash_of_maps. */
const DESCRIPTORS: ReadonlySet<number> = new Set([3, 4, 8, 12, 13]);
const LONGEST_KEY = 1 << 24;
const LONGEST_VALUE = 1 << 28;

/** A value to be written, and what its descriptor stands for. */
export interface Contents {
	readonly bytes: Uint8Array;
	readonly thing?: LoadedProgram | BpfMap;
}

export function takesDescriptors(map: BpfMap): boolean {
	return DESCRIPTORS.has(map.spec.type);
}

function isPerCpu(map: BpfMap): boolean {
	return mapType(map.spec.type)?.perCpu ?? false;
}

/** Bytes of a value as user space reads it. */
export function valueSize(map: BpfMap, cpus: number): number {
	if (isPerCpu(map)) return Math.ceil(map.spec.valueSize / 8) * 8 * cpus;
	return takesDescriptors(map) ? 4 : map.spec.valueSize;
}

/** The key's bytes; a number is little-endian. Absent is right only for maps without keys. */
export function keyBytes(map: BpfMap, value: Json | undefined, name: string): Uint8Array {
	const size = map.spec.keySize;
	if (value === undefined) {
		if (size !== 0) throw new RequestFault(`"${name}" is missing`);
		return new Uint8Array();
	}
	if (typeof value === "number" || typeof value === "bigint") {
		const bytes = new Uint8Array(size);
		let rest = wholeNumber(value, name);
		for (let i = 0; i < size && i < 8; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
		return bytes;
	}
	const bytes = hexBytes(value, name, LONGEST_KEY);
	if (bytes.length !== size)
		throw new RequestFault(`"${name}": ${bytes.length} bytes, the map's keys have ${size}`);
	return bytes;
}

export function valueBytes(map: BpfMap, value: Json, name: string, cpus: number): Uint8Array {
	const wanted = valueSize(map, cpus);
	const bytes = hexBytes(value, name, LONGEST_VALUE);
	if (bytes.length === wanted) return bytes;
	if (!isPerCpu(map) || bytes.length !== map.spec.valueSize)
		throw new RequestFault(`"${name}": ${bytes.length} bytes, the map's values have ${wanted}`);
	const all = new Uint8Array(wanted);
	for (let cpu = 0; cpu < cpus; cpu++) all.set(bytes, (cpu * wanted) / cpus);
	return all;
}
