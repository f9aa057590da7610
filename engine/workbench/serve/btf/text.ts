// The log of BPF_BTF_LOAD: a line a type with its details, lines of members below it, and what is wrong.

import {
	bitOffset,
	bitSize,
	intOf,
	KIND,
	KIND_NAMES,
	type RawBtf,
	type RawMember,
	type RawType,
} from "./raw.ts";

/** What ends a check: a positive errno. */
export class BtfFault extends Error {
	readonly errno: number;

	constructor(errno: number) {
		super("BTF is refused");
		this.errno = errno;
	}
}

const EINVAL = 22;
const ENCODINGS: Readonly<Record<number, string>> = {
	0: "(none)",
	1: "SIGNED",
	2: "CHAR",
	4: "BOOL",
};

export class BtfLog {
	readonly #pieces: string[] = [];
	/** The type that lines are about. */
	id = 0;
	/** Types were printed already; a member's line is printed below its struct once more. */
	resolving = false;
	btf: RawBtf | undefined;

	get text(): string {
		return this.#pieces.join("");
	}

	write(text: string): void {
		this.#pieces.push(text);
	}

	/** Ends the check with a line that stands alone. */
	fail(text: string, errno = EINVAL): never {
		this.write(text);
		throw new BtfFault(errno);
	}

	type(t: RawType, note = "", details = true): void {
		const { btf } = this;
		if (!btf) return;
		const head = `[${this.id}] ${KIND_NAMES[t.kind]} ${btf.nameText(t.name)}`;
		const more = details ? ` ${detailsOf(btf, t)}` : "";
		this.write(`${head}${more}${note === "" ? "" : ` ${note}`}\n`);
	}

	failType(t: RawType, note: string, errno = EINVAL, details = true): never {
		this.type(t, note, details);
		throw new BtfFault(errno);
	}

	member(t: RawType, m: RawMember, note = ""): void {
		if (this.resolving) this.type(t);
		const width = t.kflag ? ` bitfield_size=${bitSize(t, m)}` : "";
		const place = `type_id=${m.type}${width} bits_offset=${bitOffset(t, m)}`;
		this.write(`\t${this.btf?.nameText(m.name)} ${place}${note === "" ? "" : ` ${note}`}\n`);
	}

	failMember(t: RawType, m: RawMember, note: string): never {
		this.member(t, m, note);
		throw new BtfFault(EINVAL);
	}

	/** A variable of a section: three words at `at`. */
	variable(t: RawType, at: number, note = ""): void {
		if (this.resolving) this.type(t);
		const [type, offset, size] = [0, 4, 8].map((o) => this.btf?.u32(at + o));
		const tail = note === "" ? "" : ` ${note}`;
		this.write(`\t type_id=${type} offset=${offset} size=${size}${tail}\n`);
	}

	failVariable(t: RawType, at: number, note: string): never {
		this.variable(t, at, note);
		throw new BtfFault(EINVAL);
	}
}

function detailsOf(btf: RawBtf, t: RawType): string {
	switch (t.kind) {
		case KIND.INT: {
			const { offset, bits, encoding } = intOf(btf, t);
			const name = ENCODINGS[encoding] ?? "UNKN";
			return `size=${t.size} bits_offset=${offset} nr_bits=${bits} encoding=${name}`;
		}
		case KIND.ARRAY: {
			const [type, index, count] = [0, 4, 8].map((o) => btf.u32(t.body + o));
			return `type_id=${type} index_type_id=${index} nr_elems=${count}`;
		}
		case KIND.STRUCT:
		case KIND.UNION:
		case KIND.ENUM:
		case KIND.ENUM64:
		case KIND.DATASEC:
			return `size=${t.size} vlen=${t.vlen}`;
		case KIND.FWD:
			return t.kflag ? "union" : "struct";
		case KIND.FUNC_PROTO:
			return `return=${t.size} args=(${argumentsText(btf, t)})`;
		case KIND.VAR:
			return `type_id=${t.size} linkage=${btf.u32(t.body)}`;
		case KIND.FLOAT:
			return `size=${t.size}`;
		case KIND.DECL_TAG:
			return `type=${t.size} component_idx=${btf.u32(t.body) | 0}`;
		default:
			return `type_id=${t.size}`;
	}
}

function argumentsText(btf: RawBtf, t: RawType): string {
	if (t.vlen === 0) return "void";
	const texts = Array.from({ length: t.vlen }, (_, i) => {
		const [name = 0, type = 0] = [0, 4].map((o) => btf.u32(t.body + 8 * i + o));
		return i === t.vlen - 1 && type === 0 ? "vararg" : `${type} ${btf.nameText(name)}`;
	});
	return texts.join(", ");
}
