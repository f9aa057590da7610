// Real programs with slips put to Linux and to the verifier: the programs of objects, each so many times with other slips. For tests and
// `npm run conformance -- --mutants` only.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type KernelProfile, readObject, type Target } from "../elf/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import type { Finding, Judge } from "./conformance.ts";
import type { Linux } from "./linux.ts";
import { compareMany, type Generated, type ManyCounts } from "./many.ts";
import { withNamedMaps } from "./minimise.ts";
import { mutant, poolOf } from "./mutant.ts";
import { equalRequest } from "./objectcase.ts";

/** Programs so long are not changed: each mutant would take too long. */
const MUTABLE = 4000;
/** Mutants that take more instructions are left out. */
export const PATIENCE = 6000;
/** Ring buffers, arenas: their size is in pages. */
const PAGED = [27, 31, 33];
/** Not built into every kernel: lirc_mode2. */
const LIRC = 20;
/** fentry, fexit, fmod_ret, LSM, extensions: a kernel's policy may keep these from its verifier. */
const REFUSED_TYPES = [LIRC, 28, 29];
const REFUSED_ATTACH = [24, 25, 26, 43];
const TRACING = 26;
/** Levels of log: statistics, the failing path, everything. */
const LEVELS = [4, 5, 6, 6];

/** The programs of object files that Linux would judge, with maps that are quick to make. */
export function basesOf(
	files: readonly string[],
	target: Target | undefined,
	kernel: KernelProfile,
): Generated[] {
	const options = { kernel, ...(target ? { target } : {}) };
	return files.flatMap((file) => {
		const base = basename(file, ".o");
		const object = readObject(new Uint8Array(readFileSync(file)), base, options).value;
		return (object?.programs ?? []).flatMap((program) => {
			const { type, fault, unsupported, expectedAttachType, insns } = program;
			if (!object || !type || fault || unsupported || insns.length > 8 * MUTABLE) return [];
			if (REFUSED_TYPES.includes(type)) return [];
			if (type === TRACING && REFUSED_ATTACH.includes(expectedAttachType)) return [];
			const request = withNamedMaps(small(equalRequest(object, program, type)));
			return [{ descr: `${base}/${program.name}`, request }];
		});
	});
}

/** With maps that are quick to make. */
function small(request: LoadRequest): LoadRequest {
	const least = (map: MapSpec): MapSpec =>
		PAGED.includes(map.type) ? map : { ...map, maxEntries: Math.min(map.maxEntries, 8) };
	return { ...request, maps: request.maps.map(least) };
}

/** The mutant of a number; the bases take turns. */
export function mutantsOf(
	bases: readonly Generated[],
	target: Target | undefined,
): (seed: number) => Generated {
	const kernel = target?.btf;
	const pool = poolOf(
		bases.map((base) => base.request),
		kernel,
	);
	return (seed) => {
		const { descr, request } = bases[seed % bases.length] as Generated;
		return { descr: `${descr} mutant ${seed}`, request: mutant(request, seed, { kernel, pool }) };
	};
}

/** What differs about the mutants of these numbers. */
export function compareMutants(
	make: (seed: number) => Generated,
	linux: Linux,
	judge: Judge,
	plan: { readonly first: number; readonly count: number },
): Promise<{ findings: Finding[]; counts: ManyCounts }> {
	const levelOf = (seed: number) => LEVELS[(seed >>> 3) % LEVELS.length] as number;
	return compareMany(make, linux, judge, { ...plan, logEvery: 2, levelOf, patience: PATIENCE });
}
