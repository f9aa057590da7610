// Map declarations → the `.maps` section and the BTF that describes it, as the `__uint` and `__array` macros of libbpf make them.

import { type EncodableType, encodeBtf } from "../btf/index.ts";
import type { MapSpec } from "../object/index.ts";

/** Where each map stands in `.maps`, and the slots that name programs or maps. */
export interface MapSection {
	readonly bytes: Uint8Array;
	readonly btf: Uint8Array;
	readonly places: readonly {
		readonly name: string;
		readonly offset: number;
		readonly size: number;
	}[];
	/** 64-bit words of the section that are to hold the address of `target`. */
	readonly slots: readonly { readonly offset: number; readonly target: string }[];
}

const POINTER = 8;

export function mapSection(maps: readonly MapSpec[]): MapSection {
	const types = new Types();
	const places: { name: string; offset: number; size: number }[] = [];
	const slots: { offset: number; target: string }[] = [];
	const vars: { type: number; offset: number; size: number }[] = [];
	let offset = 0;
	for (const map of maps) {
		const { id, size } = types.definition(map);
		const most = Math.max(-1, ...(map.slots ?? []).map((s) => s.key));
		const whole = size + (most + 1) * POINTER;
		for (const { key, target } of map.slots ?? [])
			slots.push({ offset: offset + size + key * POINTER, target });
		const type = types.add({ kind: "var", name: map.name, type: id, linkage: 1 });
		vars.push({ type, offset, size: whole });
		places.push({ name: map.name, offset, size: whole });
		offset += whole;
	}
	types.add({ kind: "datasec", name: ".maps", size: offset, vars });
	return { bytes: new Uint8Array(offset), btf: encodeBtf(types.all), places, slots };
}

class Types {
	readonly all: EncodableType[] = [];
	readonly #int: number;
	readonly #numbers = new Map<number, number>();

	constructor() {
		const plain = { bitOffset: 0, signed: true, char: false, bool: false };
		this.#int = this.add({ kind: "int", name: "int", size: 4, bits: 32, ...plain });
	}

	add(type: EncodableType): number {
		return this.all.push(type);
	}

	/** `int (*)[N]`, which stands for the number N. */
	#number(length: number): number {
		const known = this.#numbers.get(length);
		if (known !== undefined) return known;
		const array = this.add({ kind: "array", type: this.#int, index: this.#int, length });
		const id = this.add({ kind: "ptr", type: array });
		this.#numbers.set(length, id);
		return id;
	}

	/** The struct that defines a map; `size` is that of its fixed members. */
	definition(map: MapSpec): { id: number; size: number } {
		const members: { name: string; type: number; bitOffset: number; bitSize: number }[] = [];
		const member = (name: string, type: number) =>
			members.push({ name, type, bitOffset: members.length * POINTER * 8, bitSize: 0 });
		member("type", this.#number(map.type));
		if (map.keySize) member("key_size", this.#number(map.keySize));
		if (map.valueSize) member("value_size", this.#number(map.valueSize));
		if (map.maxEntries) member("max_entries", this.#number(map.maxEntries));
		if (map.flags) member("map_flags", this.#number(map.flags));
		if (map.extra) member("map_extra", this.#number(map.extra));
		const size = members.length * POINTER;
		if (map.inner || map.slots?.length) member("values", this.#values(map));
		return { id: this.add({ kind: "struct", name: "", size, members }), size };
	}

	/** An array without length of pointers to inner maps, or to functions. */
	#values(map: MapSpec): number {
		const target = map.inner
			? this.definition(map.inner).id
			: this.add({ kind: "func_proto", returns: 0, params: [] });
		const pointer = this.add({ kind: "ptr", type: target });
		return this.add({ kind: "array", type: pointer, index: this.#int, length: 0 });
	}
}
