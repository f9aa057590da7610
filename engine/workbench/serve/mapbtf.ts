// Whether the BTF types of a map's key and value fit it: what BPF_MAP_CREATE checks once the map could be made.

import { errno } from "../../abi/index.ts";
import { type Btf, decodeBtf, resolveType, sizeOf } from "../../btf/index.ts";
import type { MapAttributes } from "../../maps/index.ts";

const TYPE = { ARRAY: 2, PERCPU_ARRAY: 6, LPM_TRIE: 11, BLOOM_FILTER: 30 } as const;
/** perf_event_array, stack_trace, cgroup_array, maps of maps, devmap, cpumap, xskmap, devmap_hash take no BTF. */
const WITHOUT: ReadonlySet<number> = new Set([4, 7, 8, 12, 13, 14, 16, 17, 25]);
const INDEX_BITS = 32;

/** A positive errno, 0 when they fit or when there are none. */
export function mapBtfError(spec: MapAttributes, bytes: Uint8Array | undefined): number {
	const { btfKeyTypeId: key = 0, btfValueTypeId: value = 0 } = spec;
	if (key === 0 && value === 0) return 0;
	const btf = bytes && decodeBtf(bytes).value;
	if (!btf || (key !== 0 && sizeOf(btf, key) !== spec.keySize)) return errno.EINVAL;
	const keyless: readonly number[] = [TYPE.ARRAY, TYPE.BLOOM_FILTER, ...WITHOUT];
	if (key === 0 && !keyless.includes(spec.type)) return errno.EINVAL;
	if (sizeOf(btf, value) !== spec.valueSize) return errno.EINVAL;
	if (WITHOUT.has(spec.type)) return errno.ENOTSUPP;
	return keyFits(btf, spec, key, value) ? 0 : errno.EINVAL;
}

function keyFits(btf: Btf, spec: MapAttributes, key: number, value: number): boolean {
	const type = resolveType(btf, key)?.type;
	if (spec.type === TYPE.LPM_TRIE) return type?.kind === "struct";
	if (spec.type !== TYPE.ARRAY && spec.type !== TYPE.PERCPU_ARRAY) return true;
	// Global data: one element, described by a section.
	if (key === 0) return spec.maxEntries === 1 && btf.types[value]?.kind === "datasec";
	return type?.kind === "int" && type.bits === INDEX_BITS && type.bitOffset === 0;
}
