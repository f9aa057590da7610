// Statements of random C programs, each a block of its own with what it declares: pointers, assignments as values, loops and switches of
// less common shapes, overflow, atomics. Defined by C11 and its GNU extensions whatever the values. The frame around them is cgenprogram.ts.

import {
	BOOL,
	type CType,
	cast,
	type Expr,
	I32,
	I64,
	type Lvalue,
	promoted,
	types,
	U8,
	U32,
	U64,
} from "./cgen.ts";

/** What the parts may use of the program that they stand in. */
export interface Surroundings {
	below(n: number): number;
	pick<T>(list: readonly T[]): T;
	/** A name that nothing else has. */
	name(prefix: string): string;
	line(text: string): void;
	/** At file scope, before the function. */
	file(text: string): void;
	e(depth: number): Expr;
	index(depth: number, count: number): string;
	/** A variable to write to. */
	plain(): Lvalue | undefined;
	/** Statements; `loops`: within a loop more. */
	block(depth: number, count: number, loops?: number): void;
	/** Instruction set. */
	readonly cpu: number;
	/** What clang refuses for BPF may come. */
	readonly wide: boolean;
	/** Whether another loop is too many. */
	busy(): boolean;
}

const whole = types.filter((t) => t !== BOOL);

/** What a place of this type holds after `sum`: unsigned arithmetic, so that nothing overflows. */
function mixed(y: Lvalue, value: string): string {
	return `${y.text} = (${y.type.name})((unsigned long)${y.text} * 31 + (unsigned long)(${value}));`;
}

/** One statement of these. */
export function randomPart(s: Surroundings, depth: number): void {
	const y = s.plain();
	if (!y) return;
	s.line("{");
	const straight = [
		walk,
		twoDimensions,
		assignmentValues,
		choosePointer,
		overflow,
		genericType,
		strings,
		staticLocals,
		atomics,
		volatiles,
		minimum,
	];
	const nesting = s.busy() || depth <= 0 ? [] : [countdown, shrinking, forever, duff, wideSwitch];
	s.pick([...straight, ...(s.wide ? [int128] : []), ...nesting])(s, y, depth);
	s.line("}");
}

type Part = (s: Surroundings, y: Lvalue, depth: number) => void;

function list(s: Surroundings, count: number, depth = 1): string {
	return Array.from({ length: count }, () => s.e(depth).text).join(", ");
}

/** 6.5.6: pointers along an array, their differences and comparisons. */
const walk: Part = (s, y) => {
	const type = s.pick(types);
	const count = 1 + s.below(6);
	const [r, p] = [s.name("r"), s.name("p")];
	s.line(`\t${type.name} ${r}[${count}] = { ${list(s, 1 + s.below(count))} }, *${p} = ${r};`);
	for (let n = s.below(Math.min(count, 3)); n > 0; n--) s.line(`\t*${p}++ = ${s.e(2).text};`);
	s.line(`\t${mixed(y, `${p} - ${r}`)}`);
	const step = mixed(y, s.pick([`*${p}++`, `${p}++[0]`]));
	const down = mixed(y, s.pick([`*--${p}`, `(--${p})[0]`]));
	switch (s.below(5)) {
		case 0:
			s.line(`\tfor (${p} = ${r}; ${p} < ${r} + ${count};) ${step}`);
			break;
		case 1:
			s.line(`\tfor (${p} = &${r}[${count}]; ${p} != ${r};) ${down}`);
			break;
		case 2:
			s.line(`\t${p} = ${r} + ${count}; do ${down} while (${p} > ${r});`);
			break;
		case 3:
			s.line(`\t${p} = &${r}[(unsigned int)(${s.e(2).text}) % ${count}u];`);
			s.line(`\t*${p} = ${s.e(1).text}; ${mixed(y, `${p} - ${r} + (${p} >= ${r} + 1)`)}`);
			break;
		default:
			s.line(`\t${p} = ${r}; ${p} += ${count}; ${p} -= ${1 + s.below(count)};`);
			s.line(`\t${mixed(y, `*${p} + ${s.below(count)}[${r}]`)}`);
	}
};

/** 6.5.2.1 */
const twoDimensions: Part = (s, y) => {
	const type = s.pick(types);
	const [m, row] = [s.name("m"), s.name("w")];
	const [a, b] = [1 << s.below(3), 1 << (1 + s.below(2))];
	const rows = Array.from({ length: 1 + s.below(a) }, () => `{ ${list(s, 1 + s.below(b))} }`);
	const init = s.below(3)
		? rows.join(", ")
		: `[${s.below(a)}][${s.below(b)}] = ${list(s, 1)}, [${s.below(a)}] = { ${list(s, 1)} }`;
	s.line(`\t${type.name} ${m}[${a}][${b}] = { ${init} };`);
	s.line(`\t${type.name} (*${row})[${b}] = &${m}[${s.index(1, a)}];`);
	s.line(`\t${m}[${s.index(1, a)}][${s.index(1, b)}] = ${s.e(2).text};`);
	s.line(`\t(*${row})[${s.index(1, b)}] = ${s.e(2).text};`);
	s.line(`\t${mixed(y, `${row}[0][${s.index(1, b)}]`)}`);
	s.line(`\t${mixed(y, `${m}[${s.index(1, a)}][${s.index(1, b)}]`)}`);
	if (s.below(2)) s.line(`\t${mixed(y, `sizeof ${m} / sizeof *${m} + sizeof(*${row})`)}`);
};

/** 6.5.16: an assignment has the value of its left side after it. */
const assignmentValues: Part = (s, y) => {
	const [t, u] = [s.pick(types), s.pick(whole)];
	const [z, x] = [s.name("z"), s.name("z")];
	s.line(`\t${t.name} ${z} = ${s.e(2).text}; ${u.name} ${x} = ${s.e(2).text};`);
	s.line(`\t${mixed(y, `${x} = ${z} = ${s.e(2).text}`)}`);
	const safe = u.bits < 32 || !u.signed;
	if (safe) s.line(`\t${mixed(y, s.pick([`${x}++`, `++${x}`, `${x}--`, `--${x}`]))}`);
	const small = cast(s.e(2), { name: "short", bits: 16, signed: true }).text;
	if (safe) s.line(`\t${mixed(y, `${x} ${s.pick(["+=", "-="])} ${small}`)}`);
	s.line(`\t${mixed(y, `${z} ${s.pick(["&=", "|=", "^="])} ${s.e(2).text}`)}`);
	s.line(`\t${mixed(y, `(${x} = ${s.e(1).text}, ${z} = ${s.e(1).text}, ${x}) ?: ${z}`)}`);
	if (t === BOOL) s.line(`\t${mixed(y, s.pick([`${z}++`, `++${z}`, `${z}--`, `--${z}`]))}`);
};

const choosePointer: Part = (s, y) => {
	const type = s.pick(types);
	const [u, v, p, pp, o] = ["v", "v", "p", "h", "o"].map((n) => s.name(n));
	s.line(`\t${type.name} ${u} = ${s.e(1).text}, ${v} = ${s.e(1).text};`);
	const other = s.below(2) ? `&${v}` : "0";
	s.line(`\t${type.name} *${p} = ${s.e(2).text} ? &${u} : ${other}, **${pp} = &${p};`);
	s.line(`\tif (${p}) *${p} = ${s.e(2).text};`);
	if (s.below(2)) s.line(`\tif (${s.e(1).text}) *${pp} = &${v};`);
	s.line(`\tif (${s.pick([`*${pp}`, `${p} != 0`, `!!${p}`])}) ${mixed(y, `**${pp}`)}`);
	s.line(`\tstruct { ${type.name} *p; int n; } ${o} = { &${u}, ${s.below(100)} };`);
	if (s.below(2)) s.line(`\tif (${s.e(1).text}) ${o}.p = &${v}, ${o}.n = 7;`);
	s.line(`\t*${o}.p ^= ${s.e(1).text}; ${mixed(y, `${o}.n + (${o}.p == &${u})`)}`);
	s.line(`\t${mixed(y, `${u} ^ (long)${v}`)}`);
};

const overflow: Part = (s, y) => {
	const op = s.pick(["add", "sub", "mul"]);
	const narrow = op === "mul" && !s.wide;
	const fit = narrow ? whole.filter((t) => t.bits < 32) : whole;
	const type = s.pick(narrow ? whole.filter((t) => t.bits <= 32 && t.signed) : whole);
	const z = s.name("z");
	const [a, b] = [cast(s.e(2), s.pick(fit)), cast(s.e(2), s.pick(fit))];
	s.line(`\t${type.name} ${z};`);
	s.line(`\tif (__builtin_${op}_overflow(${a.text}, ${b.text}, &${z})) ${mixed(y, "3")}`);
	s.line(`\t${mixed(y, z)}`);
};

/** 6.5.1.1, 6.5.3.4: what type an expression has. */
const genericType: Part = (s, y) => {
	const e = s.e(2);
	const cases = "int: 1, unsigned int: 2, long: 3, unsigned long: 4, long long: 5";
	const text = `((${e.text}) + 0)`;
	s.line(`\t${mixed(y, `_Generic(${text}, ${cases}, unsigned long long: 6, default: 7)`)}`);
	s.line(`\t${mixed(y, `sizeof ${text} + ((__typeof__${text})-1 < 1)`)}`);
	const z = s.name("z");
	s.line(`\t__auto_type ${z} = ${text}; ${mixed(y, z)}`);
};

/** 6.4.5 */
const strings: Part = (s, y) => {
	const letters = ["abcd", "\\x7f\\377\\0z", "a\\n\\t\\\\", '12" "34', "q\\0q"];
	const text = `"${s.pick(letters)}"`;
	const z = s.name("z");
	const type = s.pick(["char", "unsigned char", "signed char"]);
	s.line(`\t${type} ${z}[${s.pick(["8", "8", ""])}] = ${text};`);
	s.line(`\t${mixed(y, `${z}[${s.index(2, 2)}] + sizeof ${z}`)}`);
	s.line(`\t${mixed(y, `${text}[${s.index(2, 2)}]`)}`);
	if (s.below(2)) s.line(`\t${z}[${s.below(3)}] = ${s.e(1).text};`);
	s.line(`\t${mixed(y, `${z}[${s.below(3)}]`)}`);
};

/** 6.2.4: objects that stay. */
const staticLocals: Part = (s, y) => {
	const type = s.pick(types);
	const [z, k] = [s.name("z"), s.name("k")];
	const count = 1 << (1 + s.below(3));
	const value = () => `${s.below(300) - (type.signed ? 150 : 0)}`;
	const one = s.below(2) ? ` = ${value()}` : "";
	const many = Array.from({ length: count }, value).join(", ");
	s.line(`\tstatic ${type.name} ${z}${one};`);
	s.line(`\tstatic const ${type.name} ${k}[] = { ${many} };`);
	s.line(`\t${mixed(y, `${z}`)} ${z} ^= ${k}[${s.index(2, count)}];`);
	if (s.below(2)) s.line(`\tif (${s.e(1).text}) ${z} = ${s.e(1).text};`);
	s.line(`\t${mixed(y, `${k}[${s.index(1, count)}] + sizeof ${k}`)}`);
};

/** The value before, in types that the instructions have. */
const atomics: Part = (s, y) => {
	// v1 and v2 add to 64 bits only.
	const type = s.pick(s.cpu < 3 ? [U64, I64] : [U32, U64, I32, I64]);
	const g = s.name("g");
	s.file(`${s.pick(["static ", ""])}${type.name} ${g} = ${s.below(99)};`);
	const e = cast(s.e(2), type).text;
	const add = `__sync_fetch_and_add(&${g}, ${e})`;
	if (s.cpu < 3) {
		s.line(`\t${add}; ${mixed(y, g)}`);
		return;
	}
	const old = cast(s.e(1), type).text;
	const value = s.pick([
		add,
		`__sync_fetch_and_sub(&${g}, ${e})`,
		`__sync_fetch_and_or(&${g}, ${e})`,
		`__sync_fetch_and_and(&${g}, ${e})`,
		`__sync_fetch_and_xor(&${g}, ${e})`,
		`__sync_lock_test_and_set(&${g}, ${e})`,
		`__sync_val_compare_and_swap(&${g}, ${s.pick([old, g])}, ${e})`,
		`__sync_bool_compare_and_swap(&${g}, ${s.pick([old, g])}, ${e})`,
		`__atomic_fetch_add(&${g}, ${e}, __ATOMIC_SEQ_CST)`,
		`__atomic_exchange_n(&${g}, ${e}, __ATOMIC_RELAXED)`,
		`__atomic_fetch_or(&${g}, ${e}, __ATOMIC_RELAXED)`,
	]);
	s.line(s.below(3) ? `\t${mixed(y, value)}` : `\t${value};`);
	s.line(`\t${mixed(y, g)}`);
};

const volatiles: Part = (s, y) => {
	const type = s.pick(types);
	const [z, p] = [s.name("z"), s.name("p")];
	s.line(`\tvolatile ${type.name} ${z} = ${s.e(2).text}, *${p} = &${z};`);
	s.line(`\t${z}; *${p} = ${s.e(1).text} ^ ${z};`);
	s.line(`\tif (${z} ${s.pick(["<", ">=", "=="])} ${s.e(1).text}) ${mixed(y, z)}`);
	s.line(`\t${mixed(y, `*${p}`)}`);
};

/** The idioms that compilers look for: minimum, clamping, rotation, absolute values, averages, sign. */
const minimum: Part = (s, y) => {
	const t = s.pick([I32, U32, I64, U64]);
	const u = t.bits === 64 ? U64 : U32;
	const [a, b] = [s.name("z"), s.name("z")];
	s.line(`\t${t.name} ${a} = ${s.e(2).text}, ${b} = ${s.e(2).text};`);
	const k = 1 + s.below(t.bits - 1);
	const shapes = [
		`${a} < ${b} ? ${a} : ${b}`,
		`${a} > ${b} ? ${a} : ${b}`,
		`${a} > 100 ? 100 : ${a} < 5 ? 5 : ${a}`,
		`((${u.name})${a} << ${k} | (${u.name})${a} >> ${t.bits - k})`,
		`${a} < 0 ? -(${u.name})${a} : ${a}`,
		`(${a} > ${b}) - (${a} < ${b})`,
		`(${a} & ${b}) + ((${a} ^ ${b}) >> 1)`,
		`!!${a} & !${b}`,
		`(${u.name})${a} - ${b} <= ${s.below(500)}`,
		`${a} >= ${s.below(50)} && ${a} <= ${50 + s.below(50)}`,
		`(${a} & (1ul << (${b} & ${t.bits - 1}))) != 0`,
		`(${u.name})${a} * ${1 + s.below(100)}u % ${1 + s.below(1000)}u`,
		`((${u.name})${a} + ${(1 << s.below(8)) - 1}) & ~${(1 << s.below(8)) - 1}`,
		`__builtin_expect(!!(${a} > ${b}), ${s.below(2)})`,
		`(char)${a} == ${a}`,
		`(${a} >> ${t.bits - 1}) ^ (short)${b}`,
		`(${a} == ${b} ? ${a} : ${b}) ^ (${a} != 0 ? 4 : 0)`,
	];
	for (let n = 1 + s.below(3); n > 0; n--) s.line(`\t${mixed(y, s.pick(shapes))}`);
	if (s.below(2)) s.line(`\tif (${s.pick(shapes)}) ${mixed(y, s.pick(shapes))}`);
};

/** 6.2.5 of GNU C: a register pair. */
const int128: Part = (s, y) => {
	const z = s.name("z");
	const signed = s.below(2) ? "" : "unsigned ";
	const [a, b] = [cast(s.e(2), U64).text, cast(s.e(1), U32).text];
	const low = `(unsigned __int128)${a}`;
	const value = s.pick([
		`${low} * ${b}`,
		`${low} + ${cast(s.e(1), U64).text}`,
		`${low} << ${s.below(64)}`,
		`(${low} << 64 | ${b}) >> ${s.below(127)}`,
		`${low} - ${b}`,
	]);
	s.line(`\t${signed}__int128 ${z} = ${value};`);
	s.line(`\t${mixed(y, z)} ${mixed(y, `${z} >> ${s.pick(["64", "63", "32", "1"])}`)}`);
	s.line(`\t${mixed(y, `${z} ${s.pick(["<", "==", ">"])} ${s.e(1).text}`)}`);
};

/** 6.8.5: a number of times that is not known. */
const countdown: Part = (s, y, depth) => {
	const t = s.pick<CType>([I32, U32, I64, U64, U8]);
	const [i, n] = [s.name("i"), s.name("n")];
	s.line(`\t${t.name} ${i}, ${n} = ${s.e(2).text} & 7;`);
	const head = s.pick([
		`for (${i} = 0; ${i} < ${n}; ${i}++) {`,
		`for (${i} = ${n}; ${i} > 0; ${i}--) {`,
		`for (${i} = 0; ${i} != ${n}; ${i} += 1) {`,
		`for (${i} = 1; ${i} <= ${n}; ${i} += ${1 + s.below(3)}) {`,
		`for (${i} = 0; ${i} < 8 && ${i} < ${n}; ${i}++) {`,
		`${i} = 9; while (${i}-- > ${n}) {`,
	]);
	s.line(`\t${head}`);
	s.line(`\t\t${mixed(y, i)}`);
	s.block(depth, 2, 8);
	if (s.below(3) === 0) s.line(`\t\tif (${s.e(1).text}) ${s.pick(["break", "continue"])};`);
	s.line("\t}");
	s.line(`\t${mixed(y, i)}`);
};

/** Loops over the bits of a value. */
const shrinking: Part = (s, y) => {
	const t = s.pick<CType>([U32, U64, U8]);
	const [z, i] = [s.name("z"), s.name("i")];
	s.line(`\t${t.name} ${z} = ${s.e(2).text}; int ${i} = 0;`);
	const by = t.bits === 8 ? 1 : t.bits === 32 ? 4 : 7;
	switch (s.below(3)) {
		case 0:
			s.line(`\twhile (${z}) { ${mixed(y, `${z} & 3`)} ${z} >>= ${by}; ${i}++; }`);
			break;
		case 1:
			s.line(`\tdo ${z} &= ${z} - 1; while (${z} && ++${i} < 9);`);
			break;
		default:
			s.line(`\tfor (; ${i} < ${t.bits}; ${i} += ${by}) if (${z} >> ${i} & 1) ${mixed(y, i)}`);
	}
	s.line(`\t${mixed(y, `${z} + ${i}`)}`);
};

const forever: Part = (s, y, depth) => {
	const i = s.name("i");
	s.line(`\tunsigned int ${i} = ${s.below(3)};`);
	s.line("\tfor (;;) {");
	s.line(`\t\tif (${i}++ >= ${2 + s.below(5)}) break;`);
	s.block(depth, 2, 6);
	s.line(`\t\tif (${s.e(2).text}) { ${mixed(y, i)} continue; }`);
	s.line(`\t\tif (${s.e(1).text}) break;`);
	s.block(depth, 1, 6);
	s.line("\t}");
};

/** 6.8.4.2: into the middle of a loop. */
const duff: Part = (s, y, depth) => {
	const i = s.name("i");
	s.line(`\tunsigned int ${i} = 0;`);
	s.line(`\tswitch (${s.e(2).text} & 3) {`);
	s.line(`\tcase 3: ${mixed(y, "1")}`);
	s.line("\t\tdo {");
	s.block(depth, 1, 4);
	s.line(`\tcase 2: ${mixed(y, i)}`);
	s.line(`\tcase 1: ${mixed(y, s.e(1).text)}`);
	s.line(`\t\t} while (++${i} < ${1 + s.below(4)});`);
	s.line("\t}");
};

/** Ranges, negative and 64-bit values, a switch in a switch. */
const wideSwitch: Part = (s, y, depth) => {
	const t = s.pick<CType>([I32, I64, U64, U32, { name: "signed char", bits: 8, signed: true }]);
	const value = promoted(t).signed
		? `((${t.name})((int)(${s.e(2).text} & 31) - 16))`
		: `((${t.name})${s.e(2).text} & 31)`;
	s.line(`\tswitch (${s.below(4) ? value : `(${t.name})${s.e(2).text}`}) {`);
	const signed = t.signed;
	if (signed) s.line(`\tcase -9 ... -3: ${mixed(y, "5")} ${s.pick(["break;", ""])}`);
	if (signed) s.line(`\tcase -1: ${mixed(y, s.e(1).text)} break;`);
	s.line("\tcase 0:");
	s.line(`\tcase 2 ... 6: ${mixed(y, "9")}`);
	s.block(depth - 1, 1);
	s.line(`\t\t${s.pick(["break;", ""])}`);
	s.line(`\tcase 9: switch (${s.e(1).text}) { case 1: ${mixed(y, "2")} break; default: break; }`);
	if (t.bits === 64) s.line(`\tcase 0x100000000l ... 0x1ffffffffl: ${mixed(y, "8")} break;`);
	if (s.below(2)) s.line(`\tdefault: ${mixed(y, s.e(1).text)}`);
	for (let n = s.below(8); n > 0; n--)
		s.line(`\tcase ${10 + n}: ${mixed(y, `${n}`)} ${s.pick(["break;", ""])}`);
	s.line("\t}");
};
