// First look at each type by itself: its words, its names, its members' places.

import { bitOffset, intOf, KIND, LAST_TYPE, type RawBtf, type RawType } from "./raw.ts";
import type { BtfLog } from "./text.ts";

const HEAD = 12;
const INFO_BITS = 0x9f00ffff;
const INT_BITS = 0x0fffffff;
const WIDEST = 128;
const ENOTSUPP = 524;
const LAST_KIND = KIND.ENUM64;

/** Checks the type at `at`, `left` bytes before the end of the section; where the next one begins. */
export function checkMeta(btf: RawBtf, log: BtfLog, at: number, left: number): RawType {
	const { id } = log;
	if (left < HEAD) log.fail(`[${id}] meta_left:${left} meta_needed:${HEAD}`);
	const info = btf.u32(at + 4);
	if (info & ~INFO_BITS) log.fail(`[${id}] Invalid btf_info:${info.toString(16)}`);
	const kind = (info >>> 24) & 31;
	if (kind === 0 || kind > LAST_KIND) log.fail(`[${id}] Invalid kind:${kind}`);
	const t: RawType = {
		kind,
		vlen: info & 0xffff,
		kflag: info >>> 31 === 1,
		name: btf.u32(at),
		size: btf.u32(at + 8),
		body: at + HEAD,
	};
	if (!btf.nameExists(t.name)) log.fail(`[${id}] Invalid name_offset:${t.name}`);
	const needed = bodySize(t);
	if (left - HEAD < needed)
		log.failType(t, `meta_left:${left - HEAD} meta_needed:${needed}`, undefined, false);
	checks[kind]?.(btf, log, t);
	return t;
}

/** Bytes after the three words. */
export function bodySize(t: RawType): number {
	switch (t.kind) {
		case KIND.INT:
		case KIND.VAR:
		case KIND.DECL_TAG:
			return 4;
		case KIND.ARRAY:
			return 12;
		case KIND.STRUCT:
		case KIND.UNION:
		case KIND.DATASEC:
		case KIND.ENUM64:
			return 12 * t.vlen;
		case KIND.ENUM:
		case KIND.FUNC_PROTO:
			return 8 * t.vlen;
		default:
			return 0;
	}
}

type Check = (btf: RawBtf, log: BtfLog, t: RawType) => void;

function noLength(log: BtfLog, t: RawType): void {
	if (t.vlen !== 0) log.failType(t, "vlen != 0");
}

function noFlag(log: BtfLog, t: RawType): void {
	if (t.kflag) log.failType(t, "Invalid btf_info kind_flag");
}

function named(btf: RawBtf, log: BtfLog, t: RawType): void {
	if (t.name === 0 || !btf.isIdentifier(t.name)) log.failType(t, "Invalid name");
}

/** A struct or enum: no name, or a good one. */
function maybeNamed(btf: RawBtf, log: BtfLog, t: RawType): void {
	if (t.name !== 0 && !btf.isIdentifier(t.name)) log.failType(t, "Invalid name");
}

function unnamed(log: BtfLog, t: RawType): void {
	if (t.name !== 0) log.failType(t, "Invalid name");
}

const int: Check = (btf, log, t) => {
	noLength(log, t);
	noFlag(log, t);
	const word = btf.u32(t.body);
	if (word & ~INT_BITS) log.failType(t, `Invalid int_data:${word.toString(16)}`, undefined, false);
	const { offset, bits, encoding } = intOf(btf, t);
	if (bits + offset > WIDEST) log.failType(t, `nr_bits exceeds ${WIDEST}`);
	if (Math.ceil((bits + offset) / 8) > t.size) log.failType(t, "nr_bits exceeds type_size");
	if (![0, 1, 2, 4].includes(encoding)) log.failType(t, "Unsupported encoding", ENOTSUPP);
	log.type(t);
};

const reference: Check = (btf, log, t) => {
	noLength(log, t);
	if (t.kind !== KIND.TYPE_TAG) noFlag(log, t);
	if (t.size > LAST_TYPE) log.failType(t, "Invalid type_id");
	if (t.kind === KIND.TYPEDEF) named(btf, log, t);
	else if (t.kind === KIND.TYPE_TAG) {
		if (btf.name(t.name).length === 0) log.failType(t, "Invalid name");
	} else unnamed(log, t);
	log.type(t);
};

const forward: Check = (btf, log, t) => {
	noLength(log, t);
	if (t.size !== 0) log.failType(t, "type != 0");
	named(btf, log, t);
	log.type(t);
};

const array: Check = (btf, log, t) => {
	unnamed(log, t);
	noLength(log, t);
	noFlag(log, t);
	if (t.size !== 0) log.failType(t, "size != 0");
	const [element = 0, index = 0] = [0, 4].map((o) => btf.u32(t.body + o));
	if (element === 0 || element > LAST_TYPE) log.failType(t, "Invalid elem");
	if (index === 0 || index > LAST_TYPE) log.failType(t, "Invalid index");
	log.type(t);
};

const struct: Check = (btf, log, t) => {
	maybeNamed(btf, log, t);
	log.type(t);
	let last = 0;
	for (let i = 0; i < t.vlen; i++) {
		const m = btf.member(t, i);
		if (!btf.nameExists(m.name)) log.failMember(t, m, `Invalid member name_offset:${m.name}`);
		if (m.name !== 0 && !btf.isIdentifier(m.name)) log.failMember(t, m, "Invalid name");
		if (m.type === 0 || m.type > LAST_TYPE) log.failMember(t, m, "Invalid type_id");
		const offset = bitOffset(t, m);
		if ((t.kind === KIND.UNION && offset !== 0) || last > offset)
			log.failMember(t, m, "Invalid member bits_offset");
		if (Math.ceil(offset / 8) > t.size)
			log.failMember(t, m, "Member bits_offset exceeds its struct size");
		log.member(t, m);
		last = offset;
	}
};

const enumeration: Check = (btf, log, t) => {
	if (![1, 2, 4, 8].includes(t.size)) log.failType(t, "Unexpected size");
	maybeNamed(btf, log, t);
	log.type(t);
	const step = t.kind === KIND.ENUM64 ? 12 : 8;
	for (let i = 0; i < t.vlen; i++) {
		const at = t.body + step * i;
		const name = btf.u32(at);
		if (!btf.nameExists(name)) log.fail(`\tInvalid name_offset:${name}`);
		if (name === 0 || !btf.isIdentifier(name)) log.failType(t, "Invalid name");
		log.write(`\t${btf.nameText(name)} val=${enumValue(btf, t, at + 4)}\n`);
	}
};

function enumValue(btf: RawBtf, t: RawType, at: number): string {
	const { data } = btf;
	if (t.kind === KIND.ENUM)
		return `${t.kflag ? data.getInt32(at, true) : data.getUint32(at, true)}`;
	const value = (BigInt(data.getUint32(at + 4, true)) << 32n) | BigInt(data.getUint32(at, true));
	return `${t.kflag ? BigInt.asIntN(64, value) : value}`;
}

const prototype: Check = (_, log, t) => {
	unnamed(log, t);
	noFlag(log, t);
	log.type(t);
};

const BTF_FUNC_GLOBAL = 1;

const func: Check = (btf, log, t) => {
	named(btf, log, t);
	if (t.vlen > BTF_FUNC_GLOBAL) log.failType(t, "Invalid func linkage");
	noFlag(log, t);
	log.type(t);
};

const variable: Check = (btf, log, t) => {
	noLength(log, t);
	noFlag(log, t);
	named(btf, log, t);
	if (t.size === 0 || t.size > LAST_TYPE) log.failType(t, "Invalid type_id");
	if (btf.u32(t.body) > 1) log.failType(t, "Linkage not supported");
	log.type(t);
};

const section: Check = (btf, log, t) => {
	if (t.size === 0) log.failType(t, "size == 0");
	noFlag(log, t);
	if (t.name === 0 || !btf.isSectionName(t.name)) log.failType(t, "Invalid name");
	log.type(t);
	let [end, sum] = [0, 0];
	for (let i = 0; i < t.vlen; i++) {
		const at = t.body + 12 * i;
		const [type = 0, offset = 0, size = 0] = [0, 4, 8].map((o) => btf.u32(at + o));
		if (type === 0 || type > LAST_TYPE) log.failVariable(t, at, "Invalid type_id");
		if (offset < end || offset >= t.size) log.failVariable(t, at, "Invalid offset");
		if (size === 0 || size > t.size) log.failVariable(t, at, "Invalid size");
		end = (offset + size) >>> 0;
		if (end > t.size) log.failVariable(t, at, "Invalid offset+size");
		log.variable(t, at);
		sum += size;
	}
	if (t.size < sum) log.failType(t, "Invalid btf_info size");
};

const float: Check = (_, log, t) => {
	noLength(log, t);
	noFlag(log, t);
	if (![2, 4, 8, 12, 16].includes(t.size)) log.failType(t, "Invalid type_size");
	log.type(t);
};

const declTag: Check = (btf, log, t) => {
	if (btf.name(t.name).length === 0) log.failType(t, "Invalid value");
	noLength(log, t);
	if ((btf.u32(t.body) | 0) < -1) log.failType(t, "Invalid component_idx");
	log.type(t);
};

const checks: Readonly<Record<number, Check>> = {
	[KIND.INT]: int,
	[KIND.PTR]: reference,
	[KIND.ARRAY]: array,
	[KIND.STRUCT]: struct,
	[KIND.UNION]: struct,
	[KIND.ENUM]: enumeration,
	[KIND.FWD]: forward,
	[KIND.TYPEDEF]: reference,
	[KIND.VOLATILE]: reference,
	[KIND.CONST]: reference,
	[KIND.RESTRICT]: reference,
	[KIND.FUNC]: func,
	[KIND.FUNC_PROTO]: prototype,
	[KIND.VAR]: variable,
	[KIND.DATASEC]: section,
	[KIND.FLOAT]: float,
	[KIND.DECL_TAG]: declTag,
	[KIND.TYPE_TAG]: reference,
	[KIND.ENUM64]: enumeration,
};
