// Programs with the slips of the hand that writes them: an instruction left out, doubled or put elsewhere, a condition turned round, an
// offset, a size, a register, a function that is not the one meant, another type of program, of map, of argument. Real programs so
// changed stand near the frontier of acceptance in ways that generated ones do not. The seed decides everything. For tests only.

import { Random } from "../base/index.ts";
import type { Btf } from "../btf/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { codeSlip, type Pool, poolOf } from "./codeslip.ts";
import { typeSlip } from "./sliptypes.ts";

export { type Pool, poolOf };

/** Program types that need nothing to be attached to. */
const plainTypes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 21, 22, 23, 30, 31];
const [TRACING, STRUCT_OPS] = [26, 27];
/** BPF_F_*: strict, any alignment, random high halves, frequent states, sleepable, fragments, invariants. */
const loadFlags = [1, 2, 4, 8, 16, 32, 128];
/** Types of maps that take a key of four bytes and any value, mostly. */
const mapTypes = [1, 2, 5, 6, 9, 10, 1, 2, 7, 11, 22, 23, 27, 30, 31, 15, 18, 24, 29, 17];
const createFlags = [0x80, 0x100, 0x80, 0x100, 1, 2, 0x400];

function pick<T>(random: Random, of: readonly T[]): T {
	return of[random.below(of.length)] as T;
}

/** What slips choose from. */
interface Source {
	readonly kernel?: Btf | undefined;
	readonly pool: Pool;
}

/** The program with one slip, or two or three. */
export function mutant(request: LoadRequest, seed: number, source: Source): LoadRequest {
	const random = new Random(seed ^ 0x51195);
	let changed = slip(request, random, source);
	while (random.below(3) === 0) changed = slip(changed, random, source);
	return changed;
}

function slip(request: LoadRequest, random: Random, source: Source): LoadRequest {
	const roll = random.below(40);
	if (roll < 3) {
		const flag = pick(random, loadFlags);
		return { ...request, flags: request.flags ^ flag };
	}
	if (roll === 3) return otherPlace(request, random, source.kernel);
	if (roll < 6 && request.maps.length) return { ...request, maps: otherMap(request, random) };
	if (roll === 6 && random.below(3) === 0) return { ...request, license: "Proprietary" };
	if (roll === 7 && random.below(3) === 0) return { ...request, functions: [], lines: [] };
	if (roll < 11) return typeSlip(request, random) ?? request;
	return codeSlip(request, random, source.pool);
}

/** Another type of program, or another place to attach it to. */
function otherPlace(request: LoadRequest, random: Random, kernel: Btf | undefined): LoadRequest {
	if (plainTypes.includes(request.type) && random.below(3))
		return { ...request, type: pick(random, plainTypes), expectedAttachType: 0 };
	if (request.type === STRUCT_OPS) return { ...request, expectedAttachType: random.below(24) };
	if (request.type === TRACING && kernel) {
		const here = kernel.types[request.attachBtfId];
		const like = here?.kind === "typedef" ? /^btf_trace_/ : /^bpf_iter_\w+$/;
		const others = kernel.types.flatMap((type, id) =>
			type.kind === here?.kind && "name" in type && like.test(type.name) ? [id] : [],
		);
		if (others.length) return { ...request, attachBtfId: pick(random, others) };
	}
	return { ...request, expectedAttachType: random.below(57) };
}

function otherMap(request: LoadRequest, random: Random): MapSpec[] {
	const at = random.below(request.maps.length);
	return request.maps.map((map, i) => (i === at ? changedMap(map, random) : map));
}

function changedMap(map: MapSpec, random: Random): MapSpec {
	//   types that no longer fit would keep the map from being made
	const { init, btfKeyTypeId, btfValueTypeId, ...bare } = map;
	const { valueSize } = map;
	const sizes = [1, 2, 4, 8, 12, 16, valueSize >> 1 || 1, valueSize + 8, valueSize - 8];
	switch (random.below(9)) {
		case 0:
		case 1:
			return { ...bare, valueSize: Math.max(1, pick(random, sizes)) };
		case 2:
			return { ...bare, keySize: pick(random, [1, 2, 4, 8, 16]) };
		case 3:
			return retyped(bare, random);
		case 4:
			return retyped(map, random);
		case 5:
			return { ...map, maxEntries: pick(random, [1, 2, 3, 8, 4096]) };
		case 6:
			return bare;
		default:
			return { ...map, flags: map.flags ^ pick(random, createFlags) };
	}
}

function retyped({ inner, slots, ...map }: MapSpec, random: Random): MapSpec {
	return { ...map, type: pick(random, mapTypes) };
}
