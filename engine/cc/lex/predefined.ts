// The macros that clang 22 predefines for the bpf target, as text for the preprocessor to read.

/** Suffix of constants and of printf formats, by the width's type. */
const types = {
	int8: {
		type: "signed char",
		unsigned: "unsigned char",
		width: 8,
		format: "hh",
		suffix: "",
		max: "127",
		umax: "255",
	},
	int16: {
		type: "short",
		unsigned: "unsigned short",
		width: 16,
		format: "h",
		suffix: "",
		max: "32767",
		umax: "65535",
	},
	int32: {
		type: "int",
		unsigned: "unsigned int",
		width: 32,
		format: "",
		suffix: "",
		max: "2147483647",
		umax: "4294967295U",
	},
	int64: {
		type: "long int",
		unsigned: "long unsigned int",
		width: 64,
		format: "l",
		suffix: "L",
		max: "9223372036854775807L",
		umax: "18446744073709551615UL",
	},
} as const;

/** What the instruction set of each CPU version adds. */
const features: readonly (readonly [from: number, names: string])[] = [
	[1, "ADDR_SPACE_CAST ATOMIC_MEM_ORDERING MAY_GOTO"],
	[2, "JMP_EXT"],
	[3, "ALU32 JMP32"],
	[4, "BSWAP GOTOL GOTOX LDSX LOAD_ACQ_STORE_REL MOVSX SDIV_SMOD ST"],
];

const plain = `
_LP64 1
__LP64__ 1
__BPF__ 1
__bpf__ 1
__ELF__ 1
__OPTIMIZE__ 1
__STDC__ 1
__STDC_HOSTED__ 1
__STDC_VERSION__ 201710L
__STDC_UTF_16__ 1
__STDC_UTF_32__ 1
__STDC_EMBED_NOT_FOUND__ 0
__STDC_EMBED_FOUND__ 1
__STDC_EMBED_EMPTY__ 2
__GNUC__ 4
__GNUC_MINOR__ 2
__GNUC_PATCHLEVEL__ 1
__GNUC_STDC_INLINE__ 1
__GXX_ABI_VERSION 1002
__clang__ 1
__clang_major__ 22
__clang_minor__ 1
__clang_patchlevel__ 8
__clang_version__ "22.1.8"
__clang_literal_encoding__ "UTF-8"
__clang_wide_literal_encoding__ "UTF-32"
__VERSION__ "Clang 22.1.8"
__llvm__ 1
__CONSTANT_CFSTRINGS__ 1
__OBJC_BOOL_IS_BOOL 0
__PRAGMA_REDEFINE_EXTNAME 1
__FINITE_MATH_ONLY__ 0
__GCC_HAVE_DWARF2_CFI_ASM 1
__USER_LABEL_PREFIX__
__ORDER_LITTLE_ENDIAN__ 1234
__ORDER_BIG_ENDIAN__ 4321
__ORDER_PDP_ENDIAN__ 3412
__BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__
__LITTLE_ENDIAN__ 1
__CHAR_BIT__ 8
__BIGGEST_ALIGNMENT__ 8
__BITINT_MAXWIDTH__ 128
__BOOL_WIDTH__ 1
__SCHAR_MAX__ 127
__SHRT_MAX__ 32767
__INT_MAX__ 2147483647
__LONG_MAX__ 9223372036854775807L
__LONG_LONG_MAX__ 9223372036854775807LL
__WCHAR_MAX__ 2147483647
__WINT_MAX__ 2147483647
__SHRT_WIDTH__ 16
__INT_WIDTH__ 32
__LONG_WIDTH__ 64
__LLONG_WIDTH__ 64
__POINTER_WIDTH__ 64
__WCHAR_WIDTH__ 32
__WINT_WIDTH__ 32
__SIG_ATOMIC_MAX__ 2147483647
__SIG_ATOMIC_WIDTH__ 32
__SIZEOF_SHORT__ 2
__SIZEOF_INT__ 4
__SIZEOF_LONG__ 8
__SIZEOF_LONG_LONG__ 8
__SIZEOF_INT128__ 16
__SIZEOF_POINTER__ 8
__SIZEOF_PTRDIFF_T__ 8
__SIZEOF_SIZE_T__ 8
__SIZEOF_WCHAR_T__ 4
__SIZEOF_WINT_T__ 4
__SIZEOF_FLOAT__ 4
__SIZEOF_DOUBLE__ 8
__SIZEOF_LONG_DOUBLE__ 8
__CHAR16_TYPE__ unsigned short
__CHAR32_TYPE__ unsigned int
__WCHAR_TYPE__ int
__WINT_TYPE__ int
__SIZE_TYPE__ long unsigned int
__SIZE_MAX__ 18446744073709551615UL
__SIZE_WIDTH__ 64
__PTRDIFF_TYPE__ long int
__PTRDIFF_MAX__ 9223372036854775807L
__PTRDIFF_WIDTH__ 64
__PTRDIFF_FMTd__ "ld"
__PTRDIFF_FMTi__ "li"
__ATOMIC_RELAXED 0
__ATOMIC_CONSUME 1
__ATOMIC_ACQUIRE 2
__ATOMIC_RELEASE 3
__ATOMIC_ACQ_REL 4
__ATOMIC_SEQ_CST 5
__MEMORY_SCOPE_SYSTEM 0
__MEMORY_SCOPE_DEVICE 1
__MEMORY_SCOPE_WRKGRP 2
__MEMORY_SCOPE_WVFRNT 3
__MEMORY_SCOPE_SINGLE 4
__MEMORY_SCOPE_CLUSTR 5
__OPENCL_MEMORY_SCOPE_WORK_ITEM 0
__OPENCL_MEMORY_SCOPE_WORK_GROUP 1
__OPENCL_MEMORY_SCOPE_DEVICE 2
__OPENCL_MEMORY_SCOPE_ALL_SVM_DEVICES 3
__OPENCL_MEMORY_SCOPE_SUB_GROUP 4
__GCC_ATOMIC_TEST_AND_SET_TRUEVAL 1
__GCC_CONSTRUCTIVE_SIZE 32
__GCC_DESTRUCTIVE_SIZE 32
__FPCLASS_SNAN 0x0001
__FPCLASS_QNAN 0x0002
__FPCLASS_NEGINF 0x0004
__FPCLASS_NEGNORMAL 0x0008
__FPCLASS_NEGSUBNORMAL 0x0010
__FPCLASS_NEGZERO 0x0020
__FPCLASS_POSZERO 0x0040
__FPCLASS_POSSUBNORMAL 0x0080
__FPCLASS_POSNORMAL 0x0100
__FPCLASS_POSINF 0x0200
__FLT_RADIX__ 2
__DECIMAL_DIG__ __LDBL_DECIMAL_DIG__
`;

const double = `DECIMAL_DIG__ 17
DENORM_MIN__ 4.9406564584124654e-324@
DIG__ 15
EPSILON__ 2.2204460492503131e-16@
MANT_DIG__ 53
MAX_10_EXP__ 308
MAX_EXP__ 1024
MAX__ 1.7976931348623157e+308@
NORM_MAX__ 1.7976931348623157e+308@
MIN_10_EXP__ (-307)
MIN_EXP__ (-1021)
MIN__ 2.2250738585072014e-308@`;

const float = `DECIMAL_DIG__ 9
DENORM_MIN__ 1.40129846e-45F
DIG__ 6
EPSILON__ 1.19209290e-7F
MANT_DIG__ 24
MAX_10_EXP__ 38
MAX_EXP__ 128
MAX__ 3.40282347e+38F
NORM_MAX__ 3.40282347e+38F
MIN_10_EXP__ (-37)
MIN_EXP__ (-125)
MIN__ 1.17549435e-38F`;

/** `#define` lines for a CPU version of the instruction set. */
export function predefined(cpu: number, modern = false): string {
	const rows = plain.split("\n").filter((line) => line !== "");
	rows.push(`__BPF_CPU_VERSION__ ${cpu}`);
	for (const [from, names] of features)
		if (cpu >= from) for (const name of names.split(" ")) rows.push(`__BPF_FEATURE_${name} 1`);
	const lockFree = "BOOL CHAR CHAR16_T CHAR32_T WCHAR_T SHORT INT LONG LLONG POINTER".split(" ");
	for (const name of lockFree)
		for (const who of ["CLANG", "GCC"]) rows.push(`__${who}_ATOMIC_${name}_LOCK_FREE 2`);
	rows.push(...integers());
	for (const [prefix, body] of [
		["__FLT_", float],
		["__DBL_", double.replaceAll("@", "")],
		["__LDBL_", double.replaceAll("@", "L")],
	] as const) {
		for (const line of body.split("\n")) rows.push(prefix + line);
		for (const has of ["DENORM", "INFINITY", "QUIET_NAN"]) rows.push(`${prefix}HAS_${has}__ 1`);
	}
	const text = rows.map((row) => `#define ${row}\n`).join("");
	return modern ? text.replace("201710L", "202311L") : text;
}

/** Limits, types, formats and constants of the integer types of `<stdint.h>`. */
function integers(): string[] {
	const rows: string[] = [];
	for (const t of Object.values(types)) {
		const n = t.width;
		const usuffix = n >= 32 ? `U${t.suffix}` : "";
		const constant = (suffix: string) => (suffix === "" ? "c" : `c##${suffix}`);
		rows.push(`__INT${n}_C(c) ${constant(t.suffix)}`, `__UINT${n}_C(c) ${constant(usuffix)}`);
		rows.push(`__INT${n}_C_SUFFIX__ ${t.suffix}`, `__UINT${n}_C_SUFFIX__ ${usuffix}`);
		for (const name of [`${n}`, `_LEAST${n}`, `_FAST${n}`]) {
			rows.push(...family(`INT${name}`, t.type, t.max, "di", t.format));
			rows.push(...family(`UINT${name}`, t.unsigned, t.umax, "ouxX", t.format));
			if (name !== `${n}`) rows.push(`__INT${name}_WIDTH__ ${n}`);
		}
	}
	const wide = types.int64;
	for (const name of ["MAX", "PTR"]) {
		rows.push(...family(`INT${name}`, wide.type, wide.max, "di", "l"));
		rows.push(...family(`UINT${name}`, wide.unsigned, wide.umax, "ouxX", "l"));
		rows.push(`__INT${name}_WIDTH__ 64`, `__UINT${name}_WIDTH__ 64`);
	}
	rows.push("__INTMAX_C(c) c##L", "__UINTMAX_C(c) c##UL");
	rows.push("__INTMAX_C_SUFFIX__ L", "__UINTMAX_C_SUFFIX__ UL");
	for (const letter of "ouxX") rows.push(`__SIZE_FMT${letter}__ "l${letter}"`);
	return rows;
}

function family(
	name: string,
	type: string,
	max: string,
	letters: string,
	format: string,
): string[] {
	const formats = [...letters].map((c) => `__${name}_FMT${c}__ "${format}${c}"`);
	return [`__${name}_TYPE__ ${type}`, `__${name}_MAX__ ${max}`, ...formats];
}
