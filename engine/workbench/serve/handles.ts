// Programs, maps and BTF under the names that requests chose, with the kernel's reference counts: a program or map lives on
// while a name, a program or a map of programs or of maps refers to it.

import type { Kernel, LoadedProgram } from "../../kernel/index.ts";
import type { BpfMap } from "../../maps/index.ts";
import { RequestFault } from "./json.ts";

const MOST_HANDLES = 20000;
const LONGEST_NAME = 100;
const BPF_MAP_TYPE_PROG_ARRAY = 3;

export type Kind = "program" | "map" | "BTF";

/** Something kept. Maps that came with a program go when it is closed. */
interface Handle {
	readonly kind: Kind;
	readonly thing: LoadedProgram | BpfMap | Uint8Array;
	readonly owned: Set<string>;
	readonly owner?: string;
	/** Estimated bytes of a map. */
	readonly bytes: number;
}

type Counted = LoadedProgram | BpfMap;

export class Handles {
	readonly #kernel: Kernel;
	readonly #handles = new Map<string, Handle>();
	readonly #counts = new Map<Counted, number>();
	/** What was put into a map of programs or of maps. */
	readonly #contents = new Map<BpfMap, Counted[]>();
	/** Estimated bytes of the maps that are kept. */
	bytes = 0;

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
	}

	get size(): number {
		return this.#handles.size;
	}

	program(name: string, field: string): LoadedProgram {
		return this.#find(name, field, "program").thing as LoadedProgram;
	}

	map(name: string, field: string): BpfMap {
		return this.#find(name, field, "map").thing as BpfMap;
	}

	btf(name: string, field: string): Uint8Array {
		return this.#find(name, field, "BTF").thing as Uint8Array;
	}

	/** Whether something may be kept as `name`, and its maps as NAME.0 and so on; a fault when not. */
	check(name: string | undefined, maps: number): void {
		if (name === undefined) return;
		const length = new TextEncoder().encode(name).length;
		if (length === 0 || length > LONGEST_NAME)
			throw new RequestFault(`"keep": a name of 1 to ${LONGEST_NAME} bytes is needed`);
		if (this.#handles.size + 1 + maps > MOST_HANDLES)
			throw new RequestFault("too many open handles");
		const names = [name, ...Array.from({ length: maps }, (_, i) => `${name}.${i}`)];
		for (const one of names)
			if (this.#handles.has(one))
				throw new RequestFault(`"keep": "${one}" is in use, close it first`);
	}

	keepProgram(name: string, program: LoadedProgram): void {
		this.#handles.set(name, { kind: "program", thing: program, owned: new Set(), bytes: 0 });
		this.#hold(program);
		for (const map of program.maps) this.#hold(map);
	}

	/** A new map: the request that made it holds it until it keeps or discards it. */
	adopt(map: BpfMap): void {
		this.#hold(map);
	}

	/** The name takes over what the request held. */
	keepMap(name: string, map: BpfMap, bytes: number, owner?: string): void {
		const entry = { kind: "map", thing: map, owned: new Set<string>(), bytes } as const;
		this.#handles.set(name, owner === undefined ? entry : { ...entry, owner });
		if (owner !== undefined) this.#handles.get(owner)?.owned.add(name);
		this.bytes += bytes;
	}

	keepBtf(name: string, btf: Uint8Array): void {
		this.#handles.set(name, { kind: "BTF", thing: btf, owned: new Set(), bytes: 0 });
	}

	/** Notes that `thing` was put into `map`. */
	contain(map: BpfMap, thing: Counted): void {
		this.#contents.set(map, [...(this.#contents.get(map) ?? []), thing]);
		this.#hold(thing);
	}

	/** Closes a name and what came with it; how many names that were. */
	close(name: string, field: string, kind: Kind): number {
		this.#find(name, field, kind);
		return this.#drop(name);
	}

	closeAll(): number {
		let closed = 0;
		for (const name of [...this.#handles.keys()])
			if (this.#handles.has(name)) closed += this.#drop(name);
		return closed;
	}

	/** The request lets go of a map that it made; it goes when nothing else refers to it. */
	discard(map: BpfMap): void {
		this.#release(map);
	}

	#find(name: string, field: string, kind: Kind): Handle {
		const handle = this.#handles.get(name);
		if (!handle) throw new RequestFault(`"${field}": no handle "${name}"`);
		if (handle.kind !== kind) throw new RequestFault(`"${field}": "${name}" is not a ${kind}`);
		return handle;
	}

	#drop(name: string): number {
		const handle = this.#handles.get(name);
		if (!handle) return 0;
		let closed = 1;
		for (const owned of handle.owned) closed += this.#drop(owned);
		this.#handles.delete(name);
		if (handle.owner !== undefined) this.#handles.get(handle.owner)?.owned.delete(name);
		this.bytes -= handle.bytes;
		const { kind, thing } = handle;
		if (kind === "map") this.#closeMap(thing as BpfMap);
		if (kind === "program") this.#release(thing as LoadedProgram);
		return closed;
	}

	/** Slots of a prog array are emptied when user space lets go of it, so that programs in it do not keep it alive. */
	#closeMap(map: BpfMap): void {
		map.userReleased();
		if (map.spec.type === BPF_MAP_TYPE_PROG_ARRAY) this.#empty(map);
		this.#release(map);
	}

	#empty(map: BpfMap): void {
		const contents = this.#contents.get(map) ?? [];
		this.#contents.delete(map);
		for (const thing of contents) this.#release(thing);
	}

	#hold(thing: Counted): void {
		this.#counts.set(thing, (this.#counts.get(thing) ?? 0) + 1);
	}

	#release(thing: Counted): void {
		const left = (this.#counts.get(thing) ?? 1) - 1;
		if (left > 0) {
			this.#counts.set(thing, left);
			return;
		}
		this.#counts.delete(thing);
		if ("runner" in thing) {
			this.#kernel.closeProgram(thing);
			for (const map of thing.maps) this.#release(map);
		} else {
			this.#empty(thing);
			this.#kernel.closeMap(thing);
		}
	}
}
