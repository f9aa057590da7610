// Every type of map with every helper that takes one, with every kind of key, value and flags, and every load flag with every type of
// program. For the differential test and `npm run conformance -- --sweep maps`.

import { helpers, mapType, programTypes, protoFor } from "../abi/index.ts";
import type { Btf } from "../btf/index.ts";
import { codeOf } from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { insn } from "./edit.ts";
import { type Place, resourcesOf } from "./resourcekinds.ts";
import type { Probe } from "./sweep.ts";

const LAST_TYPE = 33;
const [STRUCT_OPS, OUTER, OUTER_HASH] = [26, 12, 13];
const inner: MapSpec = { name: "i", type: 2, keySize: 4, valueSize: 8, maxEntries: 1, flags: 0 };

/** Sizes and flags that maps of the type can be made with. */
function specOf(type: number): MapSpec | undefined {
	const facts = mapType(type);
	if (!facts || type === STRUCT_OPS) return undefined;
	const sizes: readonly [number, number, number, number][] = [
		[4, 8, 4, 0],
		[4, 4, 4, 0],
		[8, 8, 4, 1],
		[0, 8, 4, 0],
		[0, 0, 4096, 0],
		[4, 8, 0, 1],
		[16, 8, 0, 0],
		[0, 0, 4, 0x400],
	];
	const fits = sizes.find(([key, value, most, flags]) => {
		const of = (rule: { only?: readonly number[]; min?: number }, n: number) =>
			(!rule.only || rule.only.includes(n)) && n >= (rule.min ?? 0);
		return (
			of(facts.keySize, key) &&
			of(facts.valueSize, value) &&
			of(facts.maxEntries, most) &&
			(flags & (facts.mustFlags ?? 0)) === (facts.mustFlags ?? 0) &&
			(flags & ~facts.flags) === 0
		);
	});
	if (!fits) return undefined;
	const [keySize, valueSize, maxEntries, flags] = fits;
	const more = type === OUTER || type === OUTER_HASH ? { inner } : {};
	const arena = type === LAST_TYPE ? { extra: 2 ** 44 } : {};
	return { name: "m", type, keySize, valueSize, maxEntries, flags, ...more, ...arena };
}

function requestOf(place: Place, code: LoadRequest["code"], maps: readonly MapSpec[]): LoadRequest {
	return { ...place, name: "", license: "GPL", code, maps, functions: [], lines: [] };
}

/** Forms of arguments behind the map: pointers, numbers, nothing. */
const forms: readonly (readonly [string, (r: number) => ReturnType<typeof insn>[]])[] = [
	["memory", (r) => [insn(0xbf, r, 10), insn(0x07, r, 0, 0, -64)]],
	["0", (r) => [insn(0xb7, r)]],
	["4", (r) => [insn(0xb7, r, 0, 0, 4)]],
	["-1", (r) => [insn(0xb7, r, 0, 0, -1)]],
	["little memory", (r) => [insn(0xbf, r, 10), insn(0x07, r, 0, 0, -4)]],
	["context", (r) => [insn(0xbf, r, 6)]],
];

/** The helper with the map, the context where it wants that, and one form of the rest. */
function called(id: number, place: Place, form: number, other: number): LoadRequest["code"] {
	const args = protoFor(id, place.type, place.expectedAttachType)?.args ?? [];
	const slots = Array.from({ length: 8 }, (_, i) => insn(0x7a, 10, 0, -8 * (i + 1)));
	const put = (n: number) => (forms[n] as (typeof forms)[number])[1];
	const set = args.flatMap((arg, i) => {
		const r = i + 1;
		if (arg.kind === "ARG_CONST_MAP_PTR") return [insn(0x18, r, 1), insn(0)];
		if (arg.kind === "ARG_PTR_TO_CTX") return [insn(0xbf, r, 6)];
		const pointer = arg.kind.startsWith("ARG_PTR");
		return put(pointer ? form : other)(r);
	});
	return codeOf([
		insn(0xbf, 6, 1),
		...slots,
		...set,
		insn(0x85, 0, 0, 0, id),
		insn(0xb7),
		insn(0x95),
	]);
}

/** Reads of the map's own struct and of its first value. */
function* direct(place: Place, spec: MapSpec): Generator<Probe> {
	const of = `map type ${spec.type} in ${place.type}`;
	const end = [insn(0xb7), insn(0x95)];
	for (const off of [0, 4, 8, 16, 24, 28, 32, 36, 40, 64, 128, 256, 1024]) {
		const read = [insn(0x18, 2, 1), insn(0), insn(0x79, 3, 2, off), ...end];
		yield { descr: `read at ${off}, ${of}`, request: requestOf(place, codeOf(read), [spec]) };
		const value = [insn(0x18, 2, 2), insn(0, 0, 0, 0, off), insn(0x79, 3, 2), ...end];
		yield { descr: `value at ${off}, ${of}`, request: requestOf(place, codeOf(value), [spec]) };
		const write = [insn(0x18, 2, 2), insn(0, 0, 0, 0, off), insn(0x7a, 2), ...end];
		yield { descr: `write at ${off}, ${of}`, request: requestOf(place, codeOf(write), [spec]) };
	}
}

/** Every flag of a load, alone and beside that of sleepable programs. */
function* flagProbes(): Generator<Probe> {
	const code = codeOf([insn(0xb7), insn(0x95)]);
	for (const { id, name } of programTypes)
		for (let bit = 0; bit < 32; bit++)
			for (const flags of [(1 << bit) >>> 0, ((1 << bit) | 16) >>> 0]) {
				// Bound to a device, which no request names.
				if (bit === 6 || id === 0 || id === 20 || id === 28 || id === 29) continue;
				const place = { type: id, expectedAttachType: 0, flags, attachBtfId: 0 };
				yield { descr: `flags ${flags} of ${name}`, request: requestOf(place, code, []) };
			}
}

/** Every type of map, helper and form of arguments. */
export function* mapProbes(kernel: Btf): Generator<Probe> {
	yield* flagProbes();
	const { places } = resourcesOf(kernel);
	const some = [3, 31, 6, 14, 17, 21].flatMap((type) => places.find((p) => p.type === type) ?? []);
	const specs = Array.from({ length: LAST_TYPE }, (_, i) => specOf(i + 1)).filter(
		(s) => s !== undefined,
	);
	for (const spec of specs) for (const place of some.slice(0, 2)) yield* direct(place, spec);
	for (const { id, name } of helpers)
		for (const place of some.filter((p) => takesMap(id, p)).slice(0, 2))
			for (const spec of specs)
				for (const [form, [text]] of forms.entries())
					for (const other of [1, 2, 3]) {
						const descr = `${name} of map type ${spec.type} with ${text}, ${forms[other]?.[0]} in ${place.type}`;
						const code = called(id, place, form, other);
						yield { descr, request: requestOf(place, code, [spec]) };
					}
}

function takesMap(id: number, { type, expectedAttachType }: Place): boolean {
	const args = protoFor(id, type, expectedAttachType)?.args ?? [];
	return args.some((arg) => arg.kind === "ARG_CONST_MAP_PTR");
}
