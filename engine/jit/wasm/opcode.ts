// WebAssembly instructions that the emitter uses: number, name, and the immediates that follow, in one table. Numbers are
// those of the WebAssembly core specification, section 5.4; 0xfc00 marks the prefix byte 0xfc.

/** What follows an opcode in the binary format. */
export type Immediate =
	| "none"
	| "block"
	| "label"
	| "labels"
	| "index"
	| "indirect"
	| "memory"
	| "i32"
	| "i64";

interface Row {
	readonly name: string;
	readonly immediate: Immediate;
}

function rows(immediate: Immediate, numbers: Record<number, string>): [number, Row][] {
	return Object.entries(numbers).map(([n, name]) => [Number(n), { name, immediate }]);
}

/** Every instruction that this emitter writes, by number. */
export const WASM: ReadonlyMap<number, Row> = new Map([
	...rows("none", {
		0: "unreachable",
		5: "else",
		11: "end",
		15: "return",
		26: "drop",
		27: "select",
		69: "i32.eqz",
		70: "i32.eq",
		71: "i32.ne",
		72: "i32.lt_s",
		73: "i32.lt_u",
		74: "i32.gt_s",
		75: "i32.gt_u",
		76: "i32.le_s",
		77: "i32.le_u",
		78: "i32.ge_s",
		79: "i32.ge_u",
		80: "i64.eqz",
		81: "i64.eq",
		82: "i64.ne",
		83: "i64.lt_s",
		84: "i64.lt_u",
		85: "i64.gt_s",
		86: "i64.gt_u",
		87: "i64.le_s",
		88: "i64.le_u",
		89: "i64.ge_s",
		90: "i64.ge_u",
		106: "i32.add",
		107: "i32.sub",
		108: "i32.mul",
		109: "i32.div_s",
		110: "i32.div_u",
		111: "i32.rem_s",
		112: "i32.rem_u",
		113: "i32.and",
		114: "i32.or",
		115: "i32.xor",
		116: "i32.shl",
		117: "i32.shr_s",
		118: "i32.shr_u",
		119: "i32.rotl",
		124: "i64.add",
		125: "i64.sub",
		126: "i64.mul",
		127: "i64.div_s",
		128: "i64.div_u",
		129: "i64.rem_s",
		130: "i64.rem_u",
		131: "i64.and",
		132: "i64.or",
		133: "i64.xor",
		134: "i64.shl",
		135: "i64.shr_s",
		136: "i64.shr_u",
		137: "i64.rotl",
		167: "i32.wrap_i64",
		172: "i64.extend_i32_s",
		173: "i64.extend_i32_u",
		192: "i32.extend8_s",
		193: "i32.extend16_s",
		194: "i64.extend8_s",
		195: "i64.extend16_s",
		196: "i64.extend32_s",
	}),
	...rows("block", { 2: "block", 3: "loop", 4: "if" }),
	...rows("label", { 12: "br", 13: "br_if" }),
	...rows("labels", { 14: "br_table" }),
	...rows("index", { 16: "call", 32: "local.get", 33: "local.set", 34: "local.tee" }),
	...rows("indirect", { 17: "call_indirect", 19: "return_call_indirect" }),
	...rows("memory", {
		40: "i32.load",
		41: "i64.load",
		45: "i32.load8_u",
		47: "i32.load16_u",
		48: "i64.load8_s",
		49: "i64.load8_u",
		50: "i64.load16_s",
		51: "i64.load16_u",
		52: "i64.load32_s",
		53: "i64.load32_u",
		54: "i32.store",
		55: "i64.store",
		60: "i64.store8",
		61: "i64.store16",
		62: "i64.store32",
	}),
	...rows("i32", { 65: "i32.const" }),
	...rows("i64", { 66: "i64.const" }),
]);

/** Numbers by name. */
export const OP = {
	unreachable: 0x00,
	block: 0x02,
	loop: 0x03,
	if: 0x04,
	else: 0x05,
	end: 0x0b,
	br: 0x0c,
	brIf: 0x0d,
	brTable: 0x0e,
	return: 0x0f,
	call: 0x10,
	callIndirect: 0x11,
	returnCallIndirect: 0x13,
	drop: 0x1a,
	select: 0x1b,
	get: 0x20,
	set: 0x21,
	tee: 0x22,
	load32: 0x28,
	load64: 0x29,
	load8u64: 0x31,
	load32u64: 0x35,
	store32: 0x36,
	store64: 0x37,
	store8from64: 0x3c,
	store16from64: 0x3d,
	store32from64: 0x3e,
	const32: 0x41,
	const64: 0x42,
	eqz32: 0x45,
	ne32: 0x47,
	ltu32: 0x49,
	gtu32: 0x4b,
	geu32: 0x4f,
	eqz64: 0x50,
	eq64: 0x51,
	ne64: 0x52,
	add32: 0x6a,
	sub32: 0x6b,
	mul32: 0x6c,
	and32: 0x71,
	or32: 0x72,
	shl32: 0x74,
	shru32: 0x76,
	rotl32: 0x77,
	add64: 0x7c,
	sub64: 0x7d,
	and64: 0x83,
	or64: 0x84,
	shl64: 0x86,
	shru64: 0x88,
	rotl64: 0x89,
	wrap: 0xa7,
	extendS: 0xac,
	extendU: 0xad,
} as const;

export const I32 = 0x7f;
export const I64 = 0x7e;
export const VOID = 0x40;
