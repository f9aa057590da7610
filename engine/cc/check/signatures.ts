// The builtins with a fixed prototype, as clang 22 has them for bpf, and the library functions whose headers it knows by name.

import {
	boolType,
	type CType,
	charPointer,
	constCharPointer,
	constVoidPointer,
	type FunctionType,
	intType,
	longLongType,
	longType,
	unsignedCharType,
	unsignedInt128Type,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	unsignedType,
	voidPointer,
	voidType,
} from "../ast/index.ts";

/** One letter a type. */
const letters: Record<string, CType> = {
	v: voidType,
	b: boolType,
	c: unsignedCharType,
	h: unsignedShortType,
	i: intType,
	u: unsignedType,
	l: longType,
	m: unsignedLongType,
	x: longLongType,
	y: unsignedLongLongType,
	o: unsignedInt128Type,
	P: voidPointer,
	C: constVoidPointer,
	S: charPointer,
	T: constCharPointer,
};

/** Name → result and parameters; a dot at the end for more arguments. */
const table: Record<string, string> = {
	bswap16: "hh",
	bswap32: "uu",
	bswap64: "mm",
	bswap128: "oo",
	ffs: "ii",
	ffsl: "il",
	ffsll: "ix",
	clz: "iu",
	clzl: "im",
	clzll: "iy",
	clzs: "ih",
	ctz: "iu",
	ctzl: "im",
	ctzll: "iy",
	ctzs: "ih",
	popcount: "iu",
	popcountl: "im",
	popcountll: "iy",
	parity: "iu",
	parityl: "im",
	parityll: "iy",
	clrsb: "ii",
	clrsbl: "il",
	clrsbll: "ix",
	abs: "ii",
	labs: "ll",
	llabs: "xx",
	bitreverse8: "cc",
	bitreverse16: "hh",
	bitreverse32: "uu",
	bitreverse64: "mm",
	rotateleft8: "ccc",
	rotateleft16: "hhh",
	rotateleft32: "uuu",
	rotateleft64: "mmm",
	rotateright8: "ccc",
	rotateright16: "hhh",
	rotateright32: "uuu",
	rotateright64: "mmm",
	expect: "lll",
	unpredictable: "ll",
	unreachable: "v",
	trap: "v",
	debugtrap: "v",
	assume: "vb",
	memcpy: "PPCm",
	memcpy_inline: "vPCm",
	mempcpy: "PPCm",
	memmove: "PPCm",
	memset: "PPim",
	memset_inline: "vPim",
	memcmp: "iCCm",
	bcmp: "iCCm",
	memchr: "PCim",
	bzero: "vPm",
	bcopy: "vCPm",
	strlen: "mT",
	strcmp: "iTT",
	strncmp: "iTTm",
	strcpy: "SST",
	strncpy: "SSTm",
	stpcpy: "SST",
	strcat: "SST",
	strncat: "SSTm",
	strchr: "STi",
	strrchr: "STi",
	strstr: "STT",
	strpbrk: "STT",
	strspn: "mTT",
	strcspn: "mTT",
	strcasecmp: "iTT",
	strncasecmp: "iTTm",
	strnlen: "mTm",
	strndup: "STm",
	prefetch: "vC.",
	object_size: "mCi",
	dynamic_object_size: "mCi",
	return_address: "Pu",
	frame_address: "Pu",
	extract_return_addr: "PP",
	___memcpy_chk: "PPCmm",
	___memset_chk: "PPimm",
	___memmove_chk: "PPCmm",
	readcyclecounter: "y",
	alloca: "Pm",
	printf: "iT.",
	puts: "iT",
	sprintf: "iST.",
	snprintf: "iSmT.",
};

const libraryNames = new Set(
	(
		"memcpy memmove memset memcmp memchr bcmp bzero bcopy strlen strcmp strncmp strcpy strncpy stpcpy strcat strncat strchr " +
		"strrchr strstr strpbrk strspn strcspn strcasecmp strncasecmp strnlen strndup printf puts sprintf snprintf abs labs " +
		"llabs ffs ffsl ffsll alloca mempcpy"
	).split(" "),
);

const made = new Map<string, FunctionType>(
	Object.entries(table).flatMap(([name, shape]) => {
		const type = functionType(shape);
		return type ? [[name, type]] : [];
	}),
);

function functionType(shape: string): FunctionType | undefined {
	const variadic = shape.endsWith(".");
	const types = [...(variadic ? shape.slice(0, -1) : shape)].map((c) => letters[c]);
	const returns = types[0];
	const params = types.slice(1).flatMap((type) => (type ? [{ name: "", type }] : []));
	if (!returns || params.length !== types.length - 1) return undefined;
	return { kind: "function", returns, params, variadic, prototype: true };
}

/** The prototype of `__builtin_<name>`, when it has a fixed one. */
export function signatureOf(name: string): FunctionType | undefined {
	return made.get(name);
}

/** The prototype that clang knows a C library function by. */
export function libraryFunction(name: string): FunctionType | undefined {
	return libraryNames.has(name) ? made.get(name) : undefined;
}
