// Map declarations → BTF as the `__uint`, `__ulong` and `__array` macros of libbpf make it, for maps that no BTF describes yet.

import type { BtfBuilder } from "../btf/index.ts";
import type { MapSpec } from "../object/index.ts";

const POINTER = 8;
const LARGEST_INT = 0x7fffffff;

/** Adds the types that maps need; numbers and the integer type are made once. */
export class MapTypes {
	readonly #builder: BtfBuilder;
	readonly #numbers = new Map<number, number>();
	#int: number | undefined;

	constructor(builder: BtfBuilder) {
		this.#builder = builder;
	}

	/** Id of `int`. */
	get int(): number {
		const plain = { bitOffset: 0, signed: true, char: false, bool: false };
		this.#int ??= this.#builder.add({ kind: "int", name: "int", size: 4, bits: 32, ...plain });
		return this.#int;
	}

	/** `int (*)[N]`, which stands for the number N. */
	#number(length: number): number {
		const known = this.#numbers.get(length);
		if (known !== undefined) return known;
		const { int } = this;
		const array = this.#builder.add({ kind: "array", type: int, index: int, length });
		const id = this.#builder.add({ kind: "ptr", type: array });
		this.#numbers.set(length, id);
		return id;
	}

	/** `__ulong`: an enum whose one value is the number. */
	#long(value: number): number {
		const values = [{ name: "", value: BigInt(value) }];
		return this.#builder.add({ kind: "enum64", name: "", size: 8, signed: false, values });
	}

	/** The struct that defines a map; `size` is that of its fixed members, after which `values` stands. */
	definition(map: MapSpec): { readonly id: number; readonly size: number } {
		const members: { name: string; type: number; bitOffset: number; bitSize: number }[] = [];
		const member = (name: string, type: number) =>
			members.push({ name, type, bitOffset: members.length * POINTER * 8, bitSize: 0 });
		const number = (name: string, value: number | undefined) => {
			if (value) member(name, this.#number(value));
		};
		number("type", map.type);
		const types = map.btfKeyTypeId || map.btfValueTypeId;
		if (map.btfKeyTypeId) member("key", this.#pointer(map.btfKeyTypeId));
		else number("key_size", map.keySize);
		if (types && map.btfValueTypeId) member("value", this.#pointer(map.btfValueTypeId));
		else number("value_size", map.valueSize);
		number("max_entries", map.maxEntries);
		number("map_flags", map.flags);
		number("numa_node", map.numaNode);
		number("pinning", map.pinned ? 1 : 0);
		if (map.extra)
			member(
				"map_extra",
				map.extra > LARGEST_INT ? this.#long(map.extra) : this.#number(map.extra),
			);
		const size = members.length * POINTER;
		if (map.inner || map.slots?.length) member("values", this.#values(map));
		return { id: this.#builder.add({ kind: "struct", name: "", size, members }), size };
	}

	#pointer(type: number): number {
		return this.#builder.add({ kind: "ptr", type });
	}

	/** An array without length of pointers to inner maps, or to functions. */
	#values(map: MapSpec): number {
		const target = map.inner
			? this.definition(map.inner).id
			: this.#builder.add({ kind: "func_proto", returns: 0, params: [] });
		return this.#builder.add({
			kind: "array",
			type: this.#pointer(target),
			index: this.int,
			length: 0,
		});
	}
}
