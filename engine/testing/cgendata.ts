// Statements of random C programs about objects in memory, each a block of its own with what it declares: arrays of structs, structs in
// structs, structs as values, unions, bit-fields as values, bytes behind other types, enumerations, subprograms that take pointers.

import { BOOL, type CType, cast, I32, I64, type Lvalue, types, U32, U64 } from "./cgen.ts";
import type { Surroundings } from "./cgenparts.ts";
import type { Scope } from "./cgenscope.ts";

const whole = types.filter((t) => t !== BOOL);

interface Member {
	readonly text: string;
	readonly type: CType;
	readonly name: string;
}

function mixed(y: Lvalue, value: string): string {
	return `${y.text} = (${y.type.name})((unsigned long)${y.text} * 33 ^ (unsigned long)(${value}));`;
}

/** Copies between, and fills of, the arrays and structs of the scope. */
export function randomCopies(s: Surroundings, scope: Scope): void {
	const { arrays, structs } = scope;
	const kind = s.below(4);
	const mutable = arrays.filter((a) => !a.constant);
	if (kind < 2 && structs.length > 0) {
		const one = s.pick(structs);
		const same = structs.filter((t) => t.struct === one.struct);
		const from = s.pick(same).text;
		if (kind === 0) s.line(`${one.text} = ${from};`);
		else if (from !== one.text && !from.startsWith("(*") && !one.text.startsWith("(*"))
			s.line(`__builtin_memcpy(&${one.text}, &${from}, sizeof(${from}));`);
		return;
	}
	const flat = mutable.filter((a) => a.type !== BOOL);
	if (flat.length === 0) return;
	const a = s.pick(flat);
	if (kind === 2) {
		const bytes = 1 + s.below((a.count * a.type.bits) / 8);
		s.line(`__builtin_memset(${a.text}, ${s.below(256)}, ${bytes});`);
		return;
	}
	const others = arrays.filter((b) => b.text !== a.text && b.type !== BOOL);
	const y = s.plain();
	if (others.length === 0 || !y) return;
	const b = s.pick(others);
	const room = Math.min(a.count * a.type.bits, b.count * b.type.bits) / 8;
	const bytes = 1 + s.below(room);
	if (s.below(3)) s.line(`__builtin_memcpy(${a.text}, ${b.text}, ${bytes});`);
	else s.line(`${y.text} = __builtin_memcmp(${a.text}, ${b.text}, ${bytes}) == 0;`);
}

type Part = (s: Surroundings, y: Lvalue) => void;

/** One statement of these. */
export function randomData(s: Surroundings): void {
	const y = s.plain();
	if (!y) return;
	s.line("{");
	const wide = s.wide ? [order] : [];
	const parts = [
		rows,
		nested,
		values,
		unions,
		bits,
		bytes,
		puns,
		enums,
		subprogram,
		tables,
		...wide,
	];
	s.pick(parts)(s, y);
	s.line("}");
}

/** Members of a struct whose reads are defined whatever its bytes are. */
function members(s: Surroundings, count: number): Member[] {
	return Array.from({ length: count }, () => {
		const type = s.pick(whole);
		const name = s.name("m");
		if (s.below(4)) return { text: `${type.name} ${name};`, type, name };
		const field = type.name === "char" ? { ...type, name: "signed char" } : type;
		const width = 1 + s.below(Math.min(type.bits, 32) - 1);
		return { text: `${field.name} ${name} : ${width};`, type: field, name };
	});
}

const packedOr = (s: Surroundings) =>
	s.pick(["", "", " __attribute__((packed))", " __attribute__((aligned(8)))"]);

function struct(s: Surroundings, list: readonly Member[]): string {
	const tag = s.name("s");
	s.file(`struct ${tag} { ${list.map((m) => m.text).join(" ")} }${packedOr(s)};`);
	return `struct ${tag}`;
}

/** Reads as a value of the member's type: what wide bit-fields promote to differs between compilers. */
const read = (text: string, m: Member) => `(${m.type.name})${text}.${m.name}`;

/** 6.7.9: by name, by place, some of them. */
function initialiser(s: Surroundings, list: readonly Member[]): string {
	const count = 1 + s.below(list.length);
	if (s.below(2))
		return `{ ${list
			.slice(0, count)
			.map(() => s.e(1).text)
			.join(", ")} }`;
	return `{ ${list
		.filter(() => s.below(2))
		.reverse()
		.map((m) => `.${m.name} = ${s.e(1).text}`)
		.join(", ")} }`;
}

/** An array of structs, and pointers to its elements. */
const rows: Part = (s, y) => {
	const list = members(s, 1 + s.below(4));
	const type = struct(s, list);
	const [r, p] = [s.name("r"), s.name("p")];
	const count = 1 << s.below(3);
	const some = Array.from({ length: 1 + s.below(count) }, () => initialiser(s, list));
	const [a, b] = [s.pick(list), s.pick(list)];
	s.line(`\t${type} ${r}[${count}] = { ${some.join(", ")} }, *${p};`);
	s.line(`\t${r}[${s.index(1, count)}].${a.name} = ${s.e(2).text};`);
	s.line(`\t${p} = &${r}[${s.index(1, count)}]; ${p}->${b.name} = ${s.e(1).text};`);
	if (s.below(2)) s.line(`\t${r}[${s.below(count)}] = *${p};`);
	if (s.below(2)) s.line(`\t*${p} = (${type})${initialiser(s, list)};`);
	s.line(`\t${mixed(y, `${p} - ${r}`)} ${mixed(y, read(`(*${p})`, a))}`);
	s.line(`\tfor (${p} = ${r}; ${p} < ${r} + ${count}; ${p}++) ${mixed(y, read(`(*${p})`, b))}`);
	s.line(`\t${mixed(y, `sizeof(${type}) * 16 + _Alignof(${type})`)}`);
};

const nested: Part = (s, y) => {
	const inner = members(s, 1 + s.below(3));
	const own = members(s, 1);
	const type = struct(s, inner);
	const [t, i, k, d] = ["t", "i", "k", "d"].map((n) => s.name(n));
	const count = 1 << s.below(2);
	const m = s.pick(inner);
	const o = own[0] as Member;
	s.line(
		`\tstruct { ${o.text} ${type} ${k}[${count}]; struct { char ${d}; ${type} ${i}; }; }${packedOr(s)} ${t} = {`,
	);
	s.line(
		`\t\t.${i} = ${initialiser(s, inner)}, .${k}[${s.below(count)}] = ${initialiser(s, inner)},`,
	);
	s.line(`\t\t.${i}.${m.name} = ${s.e(1).text}, .${d} = ${s.e(1).text} };`);
	s.line(`\t${t}.${k}[${s.index(1, count)}] = ${t}.${i}; ${t}.${o.name} = ${s.e(1).text};`);
	s.line(`\t${mixed(y, read(`${t}.${k}[${s.index(1, count)}]`, m))}`);
	s.line(`\t${mixed(y, read(`${t}.${i}`, m))} ${mixed(y, read(`${t}`, o))}`);
	s.line(`\t${mixed(y, `sizeof ${t} + __builtin_offsetof(__typeof__(${t}), ${i}) + ${t}.${d}`)}`);
};

/** 6.5.15, 6.5.17, 6.8.6.4: structs in conditionals, behind commas, in statement expressions, given back. */
const values: Part = (s, y) => {
	const list = members(s, 1 + s.below(4));
	const type = struct(s, list);
	const [t, u, f, v] = ["t", "u", "fn", "v"].map((n) => s.name(n));
	const [a, b] = [s.pick(list), s.pick(list)];
	s.file(
		`static inline __attribute__((always_inline)) ${type} ${f}(${type} ${t}, long ${v}) { ${type} ${u} = ${t}; if (${v} & 1) ${t}.${a.name} = ${v}; ${u}.${b.name} = ${t}.${a.name}; return ${v} & 2 ? ${t} : ${u}; }`,
	);
	s.line(`\t${type} ${t} = ${initialiser(s, list)}, ${u} = ${s.pick([t, `{ 0 }`])};`);
	const value = () =>
		s.pick([
			`(${s.e(1).text} ? ${t} : ${u})`,
			`(${t}.${a.name} = ${s.e(1).text}, ${t})`,
			`({ ${type} ${v} = ${u}; ${v}.${b.name} = ${s.e(1).text}; ${v}; })`,
			`((${type})${initialiser(s, list)})`,
			`${f}(${s.pick([t, u])}, ${s.e(1).text})`,
			`(*(${s.e(1).text} ? &${t} : &${u}))`,
			`(${u} = ${t})`,
		]);
	for (let n = 1 + s.below(3); n > 0; n--)
		s.line(s.below(2) ? `\t${s.pick([t, u])} = ${value()};` : `\t${mixed(y, read(value(), b))}`);
	s.line(`\t${mixed(y, read(`${t}`, a))} ${mixed(y, read(`${u}`, b))}`);
};

/** 6.5.2.3: one member written, another read. */
const unions: Part = (s, y) => {
	const [w, x] = [s.name("w"), s.name("x")];
	s.line("\tunion { unsigned long w; long l; unsigned int h[2]; short q[4]; signed char c[8];");
	s.line("\t\tstruct { unsigned int a : 3, : 5, b : 20; int : 0; int d : 9; } f;");
	const first = s.pick([`.w = ${s.e(2).text}`, `.l = ${s.e(2).text}`, s.e(2).text]);
	s.line(`\t} ${w} = { ${first} }, ${x};`);
	s.line(`\t${x} = ${w};`);
	const any = (n: string) =>
		s.pick([
			`${n}.w`,
			`${n}.l`,
			`${n}.h[${s.index(1, 2)}]`,
			`${n}.q[${s.index(1, 4)}]`,
			`${n}.c[${s.index(1, 8)}]`,
			`${n}.f.a`,
			`${n}.f.b`,
			`${n}.f.d`,
			`${n}.h[0]`,
			`${n}.q[1]`,
			`${n}.c[7]`,
		]);
	for (let n = 1 + s.below(4); n > 0; n--)
		s.line(`\t${any(s.pick([w, x]))} = ${s.pick([any(x), s.e(2).text])};`);
	s.line(`\t${mixed(y, any(w))} ${mixed(y, any(x))} ${mixed(y, `${w}.w`)} ${mixed(y, `${x}.w`)}`);
};

/** 6.7.2.1, 6.5.16: bit-fields after assignments, and what those give. */
const bits: Part = (s, y) => {
	const [t, n] = [s.name("t"), s.name("s")];
	const fields = Array.from({ length: 2 + s.below(5) }, (_, i) => {
		const type = s.pick(whole.filter((w) => w.bits <= 32 && w.name !== "char"));
		const signed = type.signed && type.name !== "signed char" ? "signed " : "";
		return { type: `${signed}${type.name}`, width: 1 + s.below(type.bits - 1), name: `b${i}` };
	});
	const gap = () =>
		s.below(5) ? "" : s.pick([" int : 0;", " long : 7;", " char c_; "]).replace("c_", s.name("c"));
	const text = fields.map((f) => `${f.type} ${f.name} : ${f.width};${gap()}`).join(" ");
	s.file(`struct ${n} { ${text} }${packedOr(s)};`);
	const where = s.pick(["", "static ", "volatile "]);
	s.line(`\t${where}struct ${n} ${t} = { ${s.below(2)}, ${s.below(3) - 1} };`);
	for (let k = 2 + s.below(4); k > 0; k--) {
		const f = s.pick(fields);
		const at = `${t}.${f.name}`;
		const action = s.pick([
			`${at} = ${s.e(2).text}`,
			`${at}++`,
			`--${at}`,
			`${at} += ${s.below(9)}`,
			`${at} ^= ${s.e(1).text}`,
			`${at} |= ${s.e(1).text}`,
			`${at} = ${t}.${s.pick(fields).name}`,
			`!${at}`,
			`${at} < ${s.below(5)}`,
			`${at} ? 5 : ${t}.${s.pick(fields).name}`,
			`${at} << 1 & 0xff`.replace("<< 1", "* 2"),
		]);
		s.line(s.below(3) ? `\t${mixed(y, action)}` : `\t${action};`);
	}
	for (const f of fields) s.line(`\t${mixed(y, `${t}.${f.name}`)}`);
	s.line(`\t${mixed(y, `sizeof(struct ${n})`)}`);
};

/** Copies of all sizes to and from all offsets. */
const bytes: Part = (s, y) => {
	const [r, z] = [s.name("r"), s.name("z")];
	const size = 8 + s.below(33);
	const init = Array.from({ length: 1 + s.below(8) }, () => s.e(1).text).join(", ");
	s.line(
		`\tunsigned char ${r}[${size}]${s.pick(["", " __attribute__((aligned(8)))"])} = { ${init} };`,
	);
	const type = s.pick(whole);
	const width = type.bits / 8;
	s.line(`\t${type.name} ${z} = ${s.e(2).text};`);
	for (let n = 2 + s.below(4); n > 0; n--) {
		const at = s.below(size - width + 1);
		const length = s.below(Math.min(size, 17));
		const [from, to] = [s.below(size - length + 1), s.below(size - length + 1)];
		const apart = from + length <= to || to + length <= from;
		const actions = [
			`__builtin_memcpy(${r} + ${at}, &${z}, ${width})`,
			`__builtin_memcpy(&${z}, &${r}[${at}], ${width})`,
			`__builtin_memset(${r} + ${from}, ${s.e(1).text}, ${length})`,
			`__builtin_memmove(${r} + ${to}, ${r} + ${from}, ${length})`,
			...(apart ? [`__builtin_memcpy(${r} + ${to}, ${r} + ${from}, ${length})`] : []),
			`${r}[(unsigned char)${s.e(1).text} % ${size}] = ${s.e(1).text}`,
		];
		s.line(`\t${s.pick(actions)};`);
		if (s.below(2))
			s.line(
				`\t${mixed(y, `__builtin_memcmp(${r} + ${from}, ${r} + ${to}, ${length}) ${s.pick(["==", "!="])} 0`)}`,
			);
	}
	s.line(`\tfor (int i = 0; i < ${size}; i++) ${mixed(y, `${r}[i]`)} ${mixed(y, z)}`);
};

/** What memcmp answers beyond equality; clang has it for constant sizes only as a call. */
const order: Part = (s, y) => {
	const [r, q] = [s.name("r"), s.name("q")];
	s.line(
		`\tunsigned long ${r}[2] = { ${s.e(2).text}, 5 }, ${q}[2] = { ${s.e(1).text}, ${s.e(1).text} };`,
	);
	const length = s.below(17);
	s.line(
		`\t${mixed(y, `__builtin_memcmp(${r}, ${q}, ${length}) ${s.pick(["<", ">", "<=", ">="])} 0`)}`,
	);
};

/** Pointers to characters see the bytes of anything (6.5, paragraph 7). */
const puns: Part = (s, y) => {
	const type = s.pick(whole.filter((t) => t.bits > 8));
	const [z, p] = [s.name("z"), s.name("p")];
	const width = type.bits / 8;
	const byte = s.pick(["unsigned char", "signed char", "char"]);
	s.line(`\t${type.name} ${z} = ${s.e(2).text}; ${byte} *${p} = (${byte} *)&${z};`);
	s.line(`\t${p}[${s.below(width)}] = ${s.e(2).text}; ${mixed(y, z)}`);
	s.line(`\t${mixed(y, `${p}[${s.index(1, width)}] + *(${p} + ${s.below(width)})`)}`);
	if (s.below(2)) s.line(`\t${p}[${s.index(1, width)}] ^= ${s.e(1).text};`);
	if (s.below(2)) s.line(`\t${z} ${s.pick(["|=", "^="])} ${s.e(1).text};`);
	s.line(`\t${mixed(y, z)} ${mixed(y, `(unsigned long)${p} == (unsigned long)&${z}`)}`);
};

/** 6.7.2.2 */
const enums: Part = (s, y) => {
	const [n, z] = [s.name("e"), s.name("z")];
	const low = s.below(2) ? -s.below(5) : 0;
	const names = ["A", "B", "C"].map((l) => `${l}${n}`);
	s.line(
		`\tenum ${n} { ${names[0]} = ${low}, ${names[1]}, ${names[2]} = ${names[1]} + ${1 + s.below(200)} };`,
	);
	s.line(`\tenum ${n} ${z} = ${s.e(2).text} ? ${names[0]} : ${names[2]};`);
	s.line(`\tif (${s.e(1).text}) ${z} = ${names[1]};`);
	s.line(
		`\tswitch (${z}) { case ${names[0]}: ${mixed(y, "1")} break; case ${names[2]}: ${mixed(y, z)} default:; }`,
	);
	s.line(`\t${mixed(y, `${z} == ${names[1]}`)} ${mixed(y, `(int)${z} * 2`)}`);
};

/** Programs of several functions: up to five arguments, pointers that may be null in what is global, narrow results. */
const subprogram: Part = (s, y) => {
	const list = members(s, 1 + s.below(3));
	const type = struct(s, list);
	const [f, t, q] = [s.name("fn"), s.name("t"), s.name("q")];
	const global = s.below(2) === 0;
	const given = Array.from({ length: s.below(5) }, () => s.pick(types));
	const result = s.pick(types);
	const params = given.map((g, i) => `${g.name} p${i}`);
	const m = s.pick(list);
	const sum = given.map((_, i) => ` + (unsigned long)p${i} * ${i + 3}`).join("");
	const guard = global ? `if (!${q}) return 1; ` : "";
	const body = `${guard}${q}->${m.name} ${s.pick(["=", "^=", "|="])} ${given.length ? "p0" : "9"}; return (unsigned long)${q}->${m.name}${sum};`;
	s.file(
		`${global ? "" : "static "}__attribute__((noinline)) ${result.name} ${f}(${[`${type} *${q}`, ...params].join(", ")}) { ${body} }`,
	);
	s.line(`\t${type} ${t} = ${initialiser(s, list)};`);
	const call = () => `${f}(${[`&${t}`, ...given.map(() => s.e(1).text)].join(", ")})`;
	s.line(`\t${mixed(y, call())} ${mixed(y, read(t, m))}`);
	if (s.below(3) === 0) s.line(`\tif (${call()} > 5) ${mixed(y, read(t, m))}`);
};

/** Tables of structs and of words, constant and not. */
const tables: Part = (s, y) => {
	const list = members(s, 1 + s.below(3));
	const type = struct(s, list);
	const g = s.name("g");
	const count = 1 << (1 + s.below(3));
	const constant = () => `${s.below(40)}`;
	const some = Array.from({ length: 1 + s.below(count) }, (_, i) =>
		s.below(2)
			? `[${i}] = { ${list.map(constant).join(", ")} }`
			: `[${i}].${s.pick(list).name} = ${constant()}`,
	);
	const how = s.pick(["static const ", "static ", "", "const volatile ", "static volatile "]);
	s.file(`${how}${type} ${g}[${count}] = { ${some.join(", ")} };`);
	const m = s.pick(list);
	const at = () => `${g}[${s.index(1, count)}]`;
	s.line(`\t${mixed(y, read(at(), m))} ${mixed(y, read(at(), s.pick(list)))}`);
	if (how.includes("const")) return;
	s.line(`\t${at()}.${m.name} = ${cast(s.e(2), s.pick([I32, U32, I64, U64])).text};`);
	if (!how.includes("volatile")) s.line(`\t${at()} = ${at()};`);
	s.line(`\t${mixed(y, read(at(), m))}`);
};
