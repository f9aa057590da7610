// `.BTF` bytes that the loading rules change in place: type ids and string offsets stay what they were, so that records of lines
// and functions keep their meaning. Takes bytes that decodeBtf has accepted, in little-endian order.

import { assert, concatBytes, utf8, view } from "../base/index.ts";

const HEADER = 24;
const KIND = { func: 12, funcProto: 13, var: 14, datasec: 15 } as const;

/** Words after the three of each kind: fixed, and for each element. */
const fixed: Readonly<Record<number, number>> = { 1: 1, 3: 3, 14: 1, 17: 1 };
const each: Readonly<Record<number, number>> = { 4: 3, 5: 3, 6: 2, 13: 2, 15: 3, 19: 3 };

export interface SectionVariable {
	readonly type: number;
	readonly offset: number;
	readonly size: number;
}

export class BtfPatch {
	#types: Uint8Array;
	#strings: Uint8Array;
	#data: DataView;
	/** Offset of each type by its id, in the type section. */
	readonly #places: number[] = [0];

	constructor(bytes: Uint8Array) {
		const data = view(bytes);
		const header = data.getUint32(4, true);
		const [typeOff, typeLength, stringOff, stringLength] = [8, 12, 16, 20].map((o) =>
			data.getUint32(o, true),
		) as [number, number, number, number];
		this.#types = bytes.slice(header + typeOff, header + typeOff + typeLength);
		this.#strings = bytes.slice(header + stringOff, header + stringOff + stringLength);
		this.#data = view(this.#types);
		for (let at = 0; at < this.#types.length; ) {
			this.#places.push(at);
			const info = this.#data.getUint32(at + 4, true);
			const kind = (info >>> 24) & 0x1f;
			at += 12 + 4 * ((fixed[kind] ?? 0) + (each[kind] ?? 0) * (info & 0xffff));
		}
	}

	/** Gives a DATASEC its size and its variables; there are as many as before. */
	datasec(id: number, size: number, vars: readonly SectionVariable[]): void {
		const at = this.#place(id, KIND.datasec);
		assert((this.#data.getUint32(at + 4, true) & 0xffff) === vars.length, "variables were lost");
		this.#data.setUint32(at + 8, size, true);
		vars.forEach((v, i) => {
			this.#data.setUint32(at + 12 + 12 * i, v.type, true);
			this.#data.setUint32(at + 16 + 12 * i, v.offset, true);
			this.#data.setUint32(at + 20 + 12 * i, v.size, true);
		});
	}

	/** Linkage of a variable (0 static, 1 global, 2 extern), and another type when it is given. */
	variable(id: number, linkage: number, type?: number): void {
		const at = this.#place(id, KIND.var);
		this.#data.setUint32(at + 12, linkage, true);
		if (type !== undefined) this.#data.setUint32(at + 8, type, true);
	}

	/** Linkage of a function: 0 static, 1 global, 2 extern. */
	func(id: number, linkage: number): void {
		const at = this.#place(id, KIND.func);
		this.#data.setUint32(at + 4, ((KIND.func << 24) | linkage) >>> 0, true);
	}

	/** Names the nameless parameters of a prototype: the kernel wants names in functions that have bodies. */
	nameParameters(id: number, name: number): void {
		const at = this.#place(id, KIND.funcProto);
		const count = this.#data.getUint32(at + 4, true) & 0xffff;
		for (let i = 0; i < count; i++) {
			const param = at + 12 + 8 * i;
			if (this.#data.getUint32(param + 4, true) !== 0 && this.#data.getUint32(param, true) === 0)
				this.#data.setUint32(param, name, true);
		}
	}

	/** Appends a string; returns its offset. */
	string(text: string): number {
		const at = this.#strings.length;
		this.#strings = concatBytes([this.#strings, utf8(`${text}\0`)]);
		return at;
	}

	/** Appends a global variable; returns its id. */
	addVariable(name: number, type: number): number {
		const words = new DataView(new ArrayBuffer(16));
		[name, (KIND.var << 24) >>> 0, type, 1].forEach((word, i) => {
			words.setUint32(4 * i, word, true);
		});
		this.#places.push(this.#types.length);
		this.#types = concatBytes([this.#types, new Uint8Array(words.buffer)]);
		this.#data = view(this.#types);
		return this.#places.length - 1;
	}

	bytes(): Uint8Array {
		const head = new DataView(new ArrayBuffer(HEADER));
		head.setUint16(0, 0xeb9f, true);
		head.setUint8(2, 1);
		[HEADER, 0, this.#types.length, this.#types.length, this.#strings.length].forEach((v, i) => {
			head.setUint32(4 + 4 * i, v, true);
		});
		return concatBytes([new Uint8Array(head.buffer), this.#types, this.#strings]);
	}

	#place(id: number, kind: number): number {
		const at = this.#places[id];
		assert(at !== undefined && id > 0, `no type ${id}`);
		assert(
			((this.#data.getUint32(at + 4, true) >>> 24) & 0x1f) === kind,
			`type ${id} has another kind`,
		);
		return at;
	}
}
