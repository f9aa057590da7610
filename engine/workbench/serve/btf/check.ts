// BPF_BTF_LOAD: the verdict on `.BTF` bytes, with the log as Linux 6.18 writes it (kernel/bpf/btf.c there).

import { bodySize, checkMeta } from "./meta.ts";
import { isModifier, KIND, LAST_NAME_OFFSET, LAST_TYPE, RawBtf } from "./raw.ts";
import { Resolver } from "./resolve.ts";
import { BtfFault, BtfLog } from "./text.ts";

/** Positive errno, 0 when it loads; `unsupported`: the verdict is not given. */
export interface BtfVerdict {
	readonly errno: number;
	readonly log: string;
	readonly unsupported?: string;
}

const E2BIG = 7;
const EINVAL = 22;
const ALL_LOG_BITS = 15;
const ELOOP = 40;
const ENOTSUPP = 524;
const LARGEST = 16 << 20;
const HEADER = 24;
const MAGIC = 0xeb9f;
const LONGEST_CHAIN = 32;
/** Structs that the kernel gives a meaning to inside others. */
const SPECIAL = [
	"bpf_spin_lock",
	"bpf_list_head",
	"bpf_list_node",
	"bpf_rb_root",
	"bpf_rb_node",
	"bpf_refcount",
];

/** `level` is the log's; the log is written at every level but 0. */
export function checkBtf(bytes: Uint8Array, level = 1): BtfVerdict {
	if (bytes.length > LARGEST) return { errno: E2BIG, log: "" };
	if (level > ALL_LOG_BITS) return { errno: EINVAL, log: "" };
	const log = new BtfLog();
	try {
		const header = readHeader(bytes, log);
		const btf = new RawBtf(bytes, strings(bytes, header, log));
		log.btf = btf;
		readTypes(btf, header, log);
		new Resolver(btf, log).all();
		checkTags(btf, log);
		const special = specialTypes(btf);
		const unsupported = special === undefined ? {} : { unsupported: special };
		return { errno: 0, log: log.text, ...unsupported };
	} catch (error) {
		if (error instanceof BtfFault) return { errno: error.errno, log: log.text };
		throw error;
	}
}

interface Header {
	readonly length: number;
	readonly typeOff: number;
	readonly typeLength: number;
	readonly stringOff: number;
	readonly stringLength: number;
}

function readHeader(bytes: Uint8Array, log: BtfLog): Header {
	if (bytes.length < 8) log.fail("hdr_len not found");
	const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
	if (bytes.length < length) log.fail("btf_header not found");
	for (let at = HEADER; at < length; at++)
		if (bytes[at] !== 0) log.fail("Unsupported btf_header", E2BIG);
	// A shorter header leaves the rest of the fields zero.
	const known = new Uint8Array(HEADER);
	known.set(bytes.subarray(0, Math.min(length, HEADER)));
	const data = new DataView(known.buffer);
	const word = (at: number) => data.getUint32(at, true);
	const [magic, version, flags] = [data.getUint16(0, true), data.getUint8(2), data.getUint8(3)];
	const header = {
		length,
		typeOff: word(8),
		typeLength: word(12),
		stringOff: word(16),
		stringLength: word(20),
	};
	const { typeOff, typeLength, stringOff, stringLength } = header;
	log.write(
		`magic: 0x${magic.toString(16)}\nversion: ${version}\nflags: 0x${flags.toString(16)}\nhdr_len: ${length}\n` +
			`type_off: ${typeOff}\ntype_len: ${typeLength}\nstr_off: ${stringOff}\nstr_len: ${stringLength}\n` +
			`btf_total_size: ${bytes.length}\n`,
	);
	if (magic !== MAGIC) log.fail("Invalid magic");
	if (version !== 1) log.fail("Unsupported version", ENOTSUPP);
	if (flags !== 0) log.fail("Unsupported flags", ENOTSUPP);
	if (bytes.length === length) log.fail("No data");
	checkSections(bytes.length - length, header, log);
	return header;
}

/** Types and strings lie one after the other, without gaps, and nothing else is there. */
function checkSections(size: number, header: Header, log: BtfLog): void {
	const sections = [
		{ off: header.typeOff, length: header.typeLength },
		{ off: header.stringOff, length: header.stringLength },
	].sort((a, b) => a.off - b.off || a.length - b.length);
	let total = 0;
	for (const { off, length } of sections) {
		if (size < off) log.fail("Invalid section offset");
		if (total < off) log.fail("Unsupported section found");
		if (total > off) log.fail("Section overlap found");
		if (size - total < length) log.fail("Total section length too long");
		total += length;
	}
	if (size !== total) log.fail("Unsupported section found");
}

function strings(bytes: Uint8Array, header: Header, log: BtfLog): Uint8Array {
	const start = header.length + header.stringOff;
	const { stringLength: length } = header;
	if (start + length !== bytes.length) log.fail("String section is not at the end");
	const found = bytes.subarray(start, start + length);
	if (length === 0 || length - 1 > LAST_NAME_OFFSET || found[length - 1] !== 0 || found[0] !== 0)
		log.fail("Invalid string section");
	return found;
}

function readTypes(btf: RawBtf, header: Header, log: BtfLog): void {
	if (header.typeOff % 4 !== 0) log.fail("Unaligned type_off");
	if (header.typeLength === 0) log.fail("No type found");
	const start = header.length + header.typeOff;
	const end = start + header.typeLength;
	log.id = 1;
	for (let at = start; at < end; log.id++) {
		const type = checkMeta(btf, log, at, end - at);
		if (btf.types.length > LAST_TYPE) log.fail("Exceeded max num of types", E2BIG);
		btf.types.push(type);
		at = type.body + bodySize(type);
	}
}

/** Type tags come before the modifiers of a chain. */
function checkTags(btf: RawBtf, log: BtfLog): void {
	let good = 0;
	for (let start = 1; start < btf.types.length; start++) {
		let type = btf.types[start];
		if (!type || !isModifier(type)) continue;
		let inTags = type.kind === KIND.TYPE_TAG;
		let id = start;
		for (let left = LONGEST_CHAIN; type && isModifier(type); left--) {
			if (left === 0) log.fail("Max chain length or cycle detected", ELOOP);
			if (type.kind !== KIND.TYPE_TAG) inTags = false;
			else if (!inTags) log.fail("Type tags don't precede modifiers");
			if (id <= good) break;
			id = type.size;
			type = btf.types[id];
		}
		good = start;
	}
}

/** Fields with a meaning are judged further by Linux; Skep does not. */
function specialTypes(btf: RawBtf): string | undefined {
	for (const type of btf.types) {
		const name = btf.nameText(type.name);
		if (type.kind === KIND.STRUCT && SPECIAL.includes(name)) return `fields of type ${name} in BTF`;
		if (type.kind === KIND.TYPE_TAG && /^(kptr|percpu_kptr|uptr)/.test(name))
			return `type tag ${name} in BTF`;
	}
	return undefined;
}
