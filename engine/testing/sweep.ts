// Small programs that ask one question each, in rows over whole tables: accesses to the context, helpers, kernel functions, return
// values, attach types, for every type of program. For the differential test and `npm run conformance -- --sweep`.

import { acceptsAttach, programTypes, returnRange } from "../abi/index.ts";
import { Random } from "../base/index.ts";
import type { Btf } from "../btf/index.ts";
import { codeOf, type Insn } from "../isa/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { callProbes } from "./callsweep.ts";
import { mapProbes } from "./mapsweep.ts";
import { regionProbes } from "./regionsweep.ts";

/** One question, by its name. */
export interface Probe {
	readonly descr: string;
	readonly request: LoadRequest;
}

/** A type of program with what it is attached to. */
interface Place {
	readonly name: string;
	readonly type: number;
	readonly attach: number;
	readonly target: number;
	readonly flags: number;
}

const SLEEPABLE = 16;
const [TRACING, STRUCT_OPS, EXT, LSM, SYSCALL] = [26, 27, 28, 29, 31];
const [RAW_TP, ITER] = [23, 28];
/** Not built into every kernel. */
const LIRC = 20;
const ATTACH_TYPES = 60;

const insn = (opcode: number, dst = 0, src = 0, off = 0, imm = 0): Insn => ({
	opcode,
	dst,
	src,
	off,
	imm,
});
const exit = insn(0x95);
const zero = (reg: number, value = 0) => insn(0xb7, reg, 0, 0, value);

function request(
	place: Place,
	insns: readonly Insn[],
	more: Partial<LoadRequest> = {},
): LoadRequest {
	return {
		name: "",
		type: place.type,
		expectedAttachType: place.attach,
		flags: place.flags,
		license: "GPL",
		code: codeOf(insns),
		maps: [],
		functions: [],
		lines: [],
		attachBtfId: place.target,
		...more,
	};
}

/** Every type of program that needs no BTF, with every attach type that it takes. */
function plainPlaces(): Place[] {
	const places: Place[] = [];
	for (const { id, name, attachTypes } of programTypes) {
		if (id === 0 || id === LIRC || [TRACING, STRUCT_OPS, EXT, LSM].includes(id)) continue;
		const flags = id === SYSCALL ? SLEEPABLE : 0;
		const all = attachTypes === undefined ? [0] : [...attachTypes];
		for (const attach of all)
			places.push({ name: `${name}/${attach}`, type: id, attach, target: 0, flags });
	}
	return places;
}

/** Tracepoints, iterators and struct_ops members of the kernel. */
function btfPlaces(kernel: Btf): Place[] {
	const places: Place[] = [];
	for (const [id, type] of kernel.types.entries()) {
		if (type.kind === "typedef" && type.name.startsWith("btf_trace_"))
			places.push({ name: type.name, type: TRACING, attach: RAW_TP, target: id, flags: 0 });
		if (type.kind === "func" && /^bpf_iter_\w+$/.test(type.name))
			places.push({ name: type.name, type: TRACING, attach: ITER, target: id, flags: 0 });
		if (type.kind !== "struct" || !structOps.has(type.name)) continue;
		for (const [attach, member] of type.members.entries())
			places.push({
				name: `${type.name}.${member.name}`,
				type: STRUCT_OPS,
				attach,
				target: id,
				flags: 0,
			});
	}
	return places;
}

const structOps = new Set(["tcp_congestion_ops", "bpf_dummy_ops"]);

const loads = [0x71, 0x69, 0x61, 0x79];
const stores = [0x73, 0x6b, 0x63, 0x7b];

/** A return value that the type of program takes. */
function fine(place: Place): number {
	return returnRange(place.type, place.attach)?.min ?? 0;
}

/** Reads and writes of every size at every offset. */
function* contextProbes(places: readonly Place[], reach: number): Generator<Probe> {
	for (const place of places)
		for (let off = -1; off < reach; off++)
			for (const [i, size] of [1, 2, 4, 8].entries()) {
				const end = [zero(0, fine(place)), exit];
				const read = [insn(loads[i] as number, 2, 1, off), ...end];
				const write = [zero(2), insn(stores[i] as number, 1, 2, off), ...end];
				const at = `${place.name} off ${off} size ${size}`;
				yield { descr: `read ${at}`, request: request(place, read) };
				yield { descr: `write ${at}`, request: request(place, write) };
			}
}

/** Arguments by BTF, and what the loaded pointer is. */
function* argumentProbes(places: readonly Place[]): Generator<Probe> {
	for (const place of places)
		for (let off = 0; off <= 96; off += 8) {
			const read = [insn(0x79, 2, 1, off), insn(0x79, 3, 2, 0), zero(0), exit];
			const descr = `argument ${place.name} off ${off}`;
			yield { descr, request: request(place, read) };
		}
}

/** Every helper, without arguments, and with a context, numbers and a pointer to the stack. */
function* helperProbes(places: readonly Place[]): Generator<Probe> {
	for (const place of places)
		for (let id = 0; id <= 212; id++) {
			const call = [insn(0x85, 0, 0, 0, id), zero(0, fine(place)), exit];
			yield { descr: `helper ${id} in ${place.name}`, request: request(place, call) };
			const filled = [
				insn(0x7a, 10, 0, -8),
				insn(0xbf, 2, 10),
				insn(0x07, 2, 0, 0, -8),
				zero(3, 8),
				insn(0xbf, 4, 2),
				zero(5, 8),
				...call,
			];
			yield {
				descr: `helper ${id} with arguments in ${place.name}`,
				request: request(place, filled),
			};
			if (place.attach !== 0) continue;
			const closed = request(place, call, { license: "MIT" });
			yield { descr: `helper ${id} without GPL in ${place.name}`, request: closed };
			const sleeping = request({ ...place, flags: SLEEPABLE }, call);
			yield { descr: `helper ${id} sleeping in ${place.name}`, request: sleeping };
		}
}

/** Every kernel function named `bpf_`, with the context and with numbers. */
function* kfuncProbes(places: readonly Place[], kernel: Btf): Generator<Probe> {
	const seen = new Set(places.map((p) => p.type));
	const tagged = new Set(
		kernel.types.flatMap((t) => (t.kind === "decl_tag" && t.name === "bpf_kfunc" ? [t.type] : [])),
	);
	const ids = [...tagged].filter((id) => kernel.types[id]?.kind === "func").sort((a, b) => a - b);
	for (const type of seen) {
		const place = places.find((p) => p.type === type) as Place;
		for (const id of ids) {
			const func = kernel.types[id];
			const name = func?.kind === "func" ? func.name : "";
			const call = [insn(0x85, 0, 2, 0, id), zero(0, fine(place)), exit];
			yield { descr: `kfunc ${name} in ${place.name}`, request: request(place, call) };
			const numbers = [zero(1), zero(2), zero(3), zero(4), zero(5), ...call];
			yield {
				descr: `kfunc ${name} with numbers in ${place.name}`,
				request: request(place, numbers),
			};
			const context = [zero(2), zero(3), zero(4), zero(5), ...call];
			yield {
				descr: `kfunc ${name} with context in ${place.name}`,
				request: request(place, context),
			};
		}
	}
}

const values = [-0x80000000, -4096, -4095, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 100, 0x7fffffff];

/** Known and unknown values in R0 at the end. */
function* returnProbes(places: readonly Place[]): Generator<Probe> {
	for (const place of places) {
		for (const value of values)
			yield {
				descr: `return ${value} of ${place.name}`,
				request: request(place, [zero(0, value), exit]),
			};
		const unknown = [insn(0x85, 0, 0, 0, 7), exit];
		yield { descr: `return of anything of ${place.name}`, request: request(place, unknown) };
		const context = [insn(0xbf, 0, 1), exit];
		yield { descr: `return of the context of ${place.name}`, request: request(place, context) };
		yield { descr: `return of nothing of ${place.name}`, request: request(place, [exit]) };
	}
}

/** Every pair of program type and attach type, sleeping or not. */
function* attachProbes(): Generator<Probe> {
	for (const { id, name } of programTypes) {
		if (id === 0 || id === LIRC || id === EXT || id === LSM) continue;
		for (let attach = 0; attach <= ATTACH_TYPES; attach++)
			for (const flags of [0, SLEEPABLE]) {
				if (id === TRACING && [24, 25, 26, 43].includes(attach)) continue;
				const place = { name: `${name}/${attach}`, type: id, attach, target: 0, flags };
				const value = acceptsAttach(id, attach) ? fine(place) : 0;
				const descr = `attach ${name} to ${attach}${flags ? " sleeping" : ""}`;
				yield { descr, request: request(place, [zero(0, value), exit]) };
			}
	}
}

const pieces =
	"% %% d u i x X s c p l ll 0 - + 5 12 pks pus pK pB pi4 pI6 pI5 px pS ps k a , q é \n".split(" ");

/** Format strings of bpf_snprintf, some that the kernel takes and more that it does not. */
function* formatProbes(): Generator<Probe> {
	const random = new Random(1);
	for (let n = 0; n < 3000; n++) {
		let text = "";
		for (let i = random.below(5); i >= 0; i--)
			text += (random.below(2) ? "%" : "") + pieces[random.below(pieces.length)];
		const value = new Uint8Array(64);
		value.set(new TextEncoder().encode(text).subarray(0, 63));
		const size = 8 * random.below(4);
		const slot = (reg: number, off: number) => [insn(0xbf, reg, 10), insn(0x07, reg, 0, 0, off)];
		const code = [
			...[-8, -16, -24, -32, -40].map((off) => insn(0x7a, 10, 0, off)),
			...slot(1, -40),
			zero(2, 8),
			insn(0x18, 3, 2),
			insn(0),
			...slot(4, -32),
			zero(5, size),
			insn(0x85, 0, 0, 0, 165),
			zero(0),
			exit,
		];
		const map = {
			name: "f",
			type: 2,
			keySize: 4,
			valueSize: 64,
			maxEntries: 1,
			flags: 0x80,
			frozen: true,
		};
		const init = [{ key: new Uint8Array(4), value }];
		const place = { name: "xdp", type: 6, attach: 0, target: 0, flags: 0 };
		const descr = `format ${JSON.stringify(text)} of ${size / 8}`;
		yield { descr, request: request(place, code, { maps: [{ ...map, init }] }) };
	}
}

/** Names of the rows of questions. */
export const sweeps = [
	"attach",
	"returns",
	"context",
	"helpers",
	"arguments",
	"kfuncs",
	"formats",
	"calls",
	"regions",
	"maps",
] as const;
export type Sweep = (typeof sweeps)[number];

/** All questions of a row; without the kernel's types those that need none. */
export function* probes(sweep: Sweep, kernel: Btf | undefined): Generator<Probe> {
	const plain = plainPlaces();
	const traced = kernel ? btfPlaces(kernel) : [];
	// One tracepoint and one iterator stand for the others where these do not differ.
	const some = [
		...plain,
		...traced.filter((p) =>
			/^(btf_trace_sys_enter|bpf_iter_task|bpf_iter_tcp|bpf_dummy_ops.test_1|tcp_congestion_ops.(ssthresh|release|get_info))$/.test(
				p.name,
			),
		),
	];
	if (sweep === "attach") yield* attachProbes();
	if (sweep === "returns") yield* returnProbes(some);
	if (sweep === "context") yield* contextProbes(plain, 264);
	if (sweep === "helpers") yield* helperProbes(some);
	if (sweep === "arguments") yield* argumentProbes(traced);
	if (sweep === "formats") yield* formatProbes();
	if (sweep === "regions" && kernel) yield* regionProbes(kernel);
	if (sweep === "maps" && kernel) yield* mapProbes(kernel);
	if (sweep === "calls" && kernel) yield* callProbes(kernel);
	if (sweep === "kfuncs" && kernel) yield* kfuncProbes(some, kernel);
}
