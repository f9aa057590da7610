// Every helper and kernel function with everything that an argument can be, one argument at a time, the others right. For the differential
// test and `npm run conformance -- --sweep calls`.

import { type Arg, helpers, kfuncFacts, protoFor } from "../abi/index.ts";
import type { Btf } from "../btf/index.ts";
import { type Param, type Place, type Resources, resourcesOf, wanted } from "./resourcekinds.ts";
import { type MapName, maps, objectTypes } from "./resourcetypes.ts";
import { Uses } from "./resourceuse.ts";
import type { Probe } from "./sweep.ts";

const DYNPTR = -80;
const UNKNOWN = -40;
const OUT = "out";
/** Helper numbers. */
const [LOOKUP, RANDOM, TASK, RESERVE, DYNPTR_RESERVE, SOCKET] = [1, 7, 158, 131, 198, 99];

/** A function as the sweep asks about it. */
interface Asked {
	readonly name: string;
	readonly id: number;
	readonly kernel: boolean;
	readonly params: readonly (Param | Arg)[];
	readonly places: readonly Place[];
}

/** A program that makes one call; what it holds is not given back. */
class Call extends Uses {
	override holding(kind: string, owned: boolean, nullable = true): void {
		const where = this.free();
		if (nullable) this.emit(0x15, 0, 0, 0, 0, OUT);
		if (where !== undefined) this.keep(where, kind, owned);
	}

	/** Holds something of the kind, when it does not yet. */
	obtain(kind: string, nullable = true): void {
		if (this.find(kind) || kind === "") return;
		const make = makers[kind];
		if (make) make(this);
		else if (kind in maps) {
			this.key4(2);
			this.map(1, kind as MapName);
			this.helper(LOOKUP);
		} else return;
		if (kind === "dynptr") this.held.push({ where: DYNPTR, kind, owned: true });
		else this.holding(kind, true, nullable && kind !== "task" && !kind.endsWith("cast"));
	}

	kernelFunction(name: string, ...args: readonly number[]): void {
		for (const [i, value] of args.entries()) this.set(i + 1, value);
		this.call(name);
	}

	/** The register gets what is held, 0 when nothing is. */
	put(r: number, kind: string, off = 0): void {
		const it = this.find(kind);
		if (it) this.load(r, it, off);
		else this.set(r, 0);
	}
}

const makers: Readonly<Record<string, (c: Call) => void>> = {
	task: (c) => c.helper(TASK),
	cgroup: (c) => c.kernelFunction("bpf_cgroup_from_id", 1),
	cpumask: (c) => c.kernelFunction("bpf_cpumask_create"),
	key: (c) => c.kernelFunction("bpf_lookup_system_key", 1),
	node: (c) => c.kernelFunction("bpf_obj_new_impl", objectTypes.node, 0),
	plain: (c) => c.kernelFunction("bpf_obj_new_impl", objectTypes.plain, 0),
	percpu: (c) => c.kernelFunction("bpf_percpu_obj_new_impl", objectTypes.plain, 0),
	record: (c) => {
		c.map(1, "ring");
		c.set(2, 64);
		c.set(3, 0);
		c.helper(RESERVE);
	},
	dynptr: (c) => {
		c.map(1, "ring");
		c.set(2, 64);
		c.set(3, 0);
		c.pointer(4, DYNPTR);
		c.helper(DYNPTR_RESERVE);
	},
	slice: (c) => {
		c.obtain("dynptr");
		c.pointer(1, DYNPTR);
		c.set(2, 0);
		c.buffer(3, -64);
		c.set(4, 8);
		c.call("bpf_dynptr_slice");
	},
	socket: (c) => {
		c.buffer(2, -16);
		c.copy(1, 6);
		for (const [r, value] of [
			[3, 12],
			[4, -1],
			[5, 0],
		] as const)
			c.set(r, value);
		c.helper(SOCKET);
	},
	cast: (c) => {
		c.obtain("task");
		c.put(1, "task");
		c.set(2, c.of.structs[0] ?? 0);
		c.call("bpf_rdonly_cast");
	},
	"void cast": (c) => {
		c.obtain("task");
		c.put(1, "task");
		c.set(2, 0);
		c.call("bpf_rdonly_cast");
	},
	"context cast": (c) => {
		c.copy(1, 6);
		c.call("bpf_cast_to_kern_ctx");
	},
};

/** What an argument is tried with: what has to be held, and how it comes into the register. */
const things: readonly (readonly [
	name: string,
	needs: string,
	put: (c: Call, r: number) => void,
])[] = [
	...[0, 1, 8, 4096, -1, 0x7fffffff].map(
		(value) => [String(value), "", (c: Call, r: number) => c.set(r, value)] as const,
	),
	["unknown", "", (c, r) => c.emit(0x79, r, 10, UNKNOWN)],
	["bounded", "", bounded],
	["context", "", (c, r) => c.copy(r, 6)],
	["stack", "", (c, r) => c.pointer(r, -64)],
	["unwritten stack", "", (c, r) => c.pointer(r, -320)],
	["frame", "", (c, r) => c.copy(r, 10)],
	["moved context", "", movedContext],
	["map", "", (c, r) => c.map(r, "memory")],
	["map of fields", "", (c, r) => c.map(r, "kept")],
	["ring", "", (c, r) => c.map(r, "ring")],
	["text", "", (c, r) => c.text(r)],
	["function", "", (c, r) => c.callback(r, "timer")],
	["no dynptr", "", (c, r) => c.pointer(r, -96)],
	["moved memory", "memory", (c, r) => c.put(r, "memory", 4)],
	["far memory", "memory", (c, r) => c.put(r, "memory", 16)],
	["moved task", "task", (c, r) => c.put(r, "task", 8)],
	["walked task", "task", walkedTask],
	["node's node", "node", (c, r) => c.put(r, "node", 24)],
	["value's list", "elem", (c, r) => c.put(r, "elem", 8)],
	["value's work", "queued", (c, r) => c.put(r, "queued", 16)],
	...["elem", "kept", "later", "queued", "resilient", "memory", ...Object.keys(makers)].map(
		(kind) => [kind, kind, (c: Call, r: number) => c.put(r, kind)] as const,
	),
	["memory or null", "memory?", (c, r) => c.put(r, "memory")],
	["record or null", "record?", (c, r) => c.put(r, "record")],
	["node or null", "node?", (c, r) => c.put(r, "node")],
];

function movedContext(c: Call, r: number): void {
	c.copy(r, 6);
	c.emit(0x07, r, 0, 0, 8);
}

function walkedTask(c: Call, r: number): void {
	c.put(r, "task");
	c.emit(0x79, r, r, c.of.parent);
}

function bounded(c: Call, r: number): void {
	c.emit(0x79, r, 10, UNKNOWN);
	c.emit(0x57, r, 0, 0, 15);
}

/** What a right argument needs to be held. */
function needsOf(param: Param | Arg): string {
	if ("target" in param) return wanted(param.target)[0];
	if (param.kind === "ARG_PTR_TO_DYNPTR") return "dynptr";
	if (param.kind === "ARG_PTR_TO_RINGBUF_MEM") return "record";
	if (param.kind === "ARG_PTR_TO_SPIN_LOCK") return "elem";
	if (param.kind === "ARG_PTR_TO_TIMER") return "later";
	if (param.kind === "ARG_KPTR_XCHG_DEST") return "kept";
	if (param.kind.includes("SOCK")) return "socket";
	return param.btf ? wanted(param.btf)[0] : "";
}

function rightArgument(c: Call, r: number, param: Param | Arg): void {
	if ("target" in param) c.argument(r, param);
	else if (needsOf(param)) c.put(r, needsOf(param));
	else c.helperArgument(r, param);
}

/** The call, with `thing` as argument `index`. */
function probe(asked: Asked, place: Place, index: number, thing: number, of: Resources): Probe {
	const [name, needs, put] = things[thing] as (typeof things)[number];
	const c = new Call(1, of, place);
	c.begin("main");
	c.copy(6, 1);
	c.helper(RANDOM);
	c.emit(0x7b, 10, 0, UNKNOWN);
	if (needs.endsWith("?")) c.obtain(needs.slice(0, -1), false);
	else c.obtain(needs);
	for (const [i, param] of asked.params.entries()) if (i !== index) c.obtain(needsOf(param));
	c.buffer(0, -64);
	c.buffer(0, -48);
	for (const [i, param] of asked.params.slice(0, 5).entries())
		if (i === index) put(c, i + 1);
		else rightArgument(c, i + 1, param);
	c.emit(0x85, 0, asked.kernel ? 2 : 0, 0, asked.id);
	c.place(OUT);
	c.set(0, 0);
	c.emit(0x95);
	c.functionsLater();
	const descr = `${asked.name} in ${place.type}/${place.expectedAttachType} argument ${index + 1}: ${name}`;
	return { descr, request: c.finished(place) };
}

/** Places where the function may be called: the richest ones. */
function placesFor(of: Resources, may: (place: Place) => boolean): Place[] {
	const order = [3, 31, 6, 26, 27, 1, 8];
	const rank = ({ type }: Place) => (order.indexOf(type) + order.length) % order.length;
	const seen = new Set<number>();
	return of.places
		.filter(may)
		.sort((a, b) => rank(a) - rank(b))
		.filter(({ type }) => !seen.has(type) && seen.add(type))
		.slice(0, 2);
}

/** Every function, argument and thing. */
export function* callProbes(kernel: Btf): Generator<Probe> {
	const of = resourcesOf(kernel);
	const all: Asked[] = [];
	for (const { id, name } of helpers) {
		const places = placesFor(of, (p) => !!protoFor(id, p.type, p.expectedAttachType));
		const first = places[0];
		const params = first && protoFor(id, first.type, first.expectedAttachType)?.args;
		if (params) all.push({ name, id, kernel: false, params, places });
	}
	for (const { id, name, params } of of.kfuncs.values()) {
		const facts = kfuncFacts(name);
		const places = placesFor(of, (p) => facts?.allows(p.type, p.expectedAttachType) === true);
		all.push({ name, id, kernel: true, params, places });
	}
	for (const asked of all)
		for (const place of asked.places)
			for (const index of asked.params.slice(0, 5).keys())
				for (const thing of things.keys()) yield probe(asked, place, index, thing, of);
}
