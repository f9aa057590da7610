// What the page is told of a built object: its programs with their listings, its maps.

import { mapType, progType } from "../abi/index.ts";
import { decodeBtf } from "../btf/index.ts";
import { INSN_SIZE } from "../isa/index.ts";
import type { MapSpec, ObjectFile, ProgramSpec } from "../object/index.ts";
import { listing, type Place, placesOf } from "./listing.ts";
import { parametersOf } from "./parameters.ts";
import type { MapInfo, ProgramInfo } from "./protocol.ts";

/** A program of a build, with what every reply about it needs. */
export interface BuiltProgram {
	readonly spec: ProgramSpec;
	/** BPF_PROG_TYPE_*: the program's own, or the project's choice. */
	readonly type: number | undefined;
	/** Where each slot came from. */
	readonly places: readonly (Place | undefined)[];
	readonly info: ProgramInfo;
}

/** The programs of `object`; `chosen` is the type for those whose section says nothing, before what their name is like. */
export function builtPrograms(object: ObjectFile, chosen: number | undefined): BuiltProgram[] {
	const btf = object.btf ? decodeBtf(object.btf).value : undefined;
	return object.programs.map((spec) => {
		const type = spec.type ?? chosen ?? spec.typeGuess;
		const typeName = type === undefined ? undefined : progType(type)?.name;
		const places = placesOf(spec, btf);
		return {
			spec,
			type,
			places,
			info: {
				name: spec.name,
				section: spec.section,
				...(type === undefined ? {} : { type }),
				...(typeName === undefined ? {} : { typeName }),
				...(spec.type === undefined ? { typeOpen: true } : {}),
				length: spec.insns.length / INSN_SIZE,
				listing: listing(object, spec, places),
				...(spec.variables ? { variables: [...spec.variables, ...parametersOf(spec, btf)] } : {}),
			},
		};
	});
}

export function mapInfo(spec: MapSpec): MapInfo {
	const { name, type, keySize, valueSize, maxEntries, flags } = spec;
	return {
		name,
		type,
		typeName: mapType(type)?.name ?? `${type}`,
		keySize,
		valueSize,
		maxEntries,
		flags,
	};
}
