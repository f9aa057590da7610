// Long functions of one shape each: they compile, and mean what they say. What takes time with the square of their length would be noticed.

import { expect, test } from "vitest";
import { interpret, validate } from "../ssa/index.ts";
import { builtinHeaders, compileSource } from "./index.ts";

const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };
const n = 600;

/** `piece` for 0, 1, … `count - 1`. */
function times(count: number, piece: (i: number) => string): string {
	return Array.from({ length: count }, (_, i) => piece(i)).join("\n");
}

/** What `step` makes of 0 when it is taken for 0, 1, … `count - 1`, as 64 bits with a sign. */
function fold(count: number, step: (before: bigint, i: bigint) => bigint): bigint {
	let value = 0n;
	for (let i = 0; i < count; i++) value = BigInt.asIntN(64, step(value, BigInt(i)));
	return value;
}

interface Shape {
	readonly before?: string;
	readonly body: string;
	readonly value: bigint;
}

const last = BigInt(n - 1);
const sum = (last * (last + 1n)) / 2n;

const shapes: Readonly<Record<string, Shape>> = {
	"volatile stores": {
		body: `volatile long x; ${times(n, (i) => `x = ${i};`)} return x;`,
		value: last,
	},
	"stores to an array": {
		before: `unsigned char a[${n}];`,
		body: `${times(n, (i) => `a[${i}] = ${i % 200};`)} return a[7] * 1000 + a[${n - 1}];`,
		value: 7000n + (last % 200n),
	},
	"loads from an array": {
		before: `volatile long zero; long a[${n}] = { ${times(n, (i) => `${i},`)} };`,
		body: `long s = 0, *p = a + zero; ${times(n, (i) => `s += p[${i}];`)} return s;`,
		value: sum,
	},
	arithmetic: {
		before: "volatile long zero;",
		body: `long s = zero; ${times(n, (i) => `s = s * 3 ^ ${i};`)} return s;`,
		value: fold(n, (s, i) => (s * 3n) ^ i),
	},
	conditions: {
		before: "volatile long zero;",
		body: `long s = zero; ${times(n, (i) => `if (s & ${1 << (i % 9)}) s += ${i}; else s ^= ${i + 1};`)} return s;`,
		value: fold(n, (s, i) => ((s >> (i % 9n)) & 1n ? s + i : s ^ (i + 1n))),
	},
	"ways out": {
		before: "volatile long zero;",
		body: `long s = zero; ${times(n, (i) => `s += ${i}; if (s < 0) goto out;`)} return s; out: return -1;`,
		value: sum,
	},
	"cases that fall through": {
		before: "volatile long zero;",
		body: `long s = 0; switch (zero) { ${times(n, (i) => `case ${i}: s += zero + ${i};`)} } return s;`,
		value: sum,
	},
	"calls that become bodies": {
		before:
			"volatile long zero; static inline __attribute__((always_inline)) long g(long a, long b) { if (a > b * 2) return a - b; return a + b; }",
		body: `long s = zero; ${times(n, (i) => `s = g(s, ${i});`)} return s;`,
		value: fold(n, (s, i) => (s > i * 2n ? s - i : s + i)),
	},
	"calls of as many functions": {
		before: times(n / 2, (i) => `static long g${i}(long a) { return a + ${i}; }`),
		body: `long s = 0; ${times(n / 2, (i) => `s = g${i}(s);`)} return s;`,
		value: fold(n / 2, (s, i) => s + i),
	},
	variables: {
		before: times(n, (i) => `long v${i};`),
		body: `${times(n, (i) => `v${i} = ${i};`)} return v3 + v${n - 1};`,
		value: 3n + last,
	},
	"a row of operators": {
		before: "volatile long zero;",
		body: `long a = zero + 1; return a${times(9 * n, (i) => `+ a * ${i % 7}`)};`,
		value: fold(9 * n, (s, i) => s + (i % 7n)) + 1n,
	},
	"a row of conditions": {
		before: "volatile long zero;",
		body: `long a = zero + 5; return a != -1 ${times(2 * n, (i) => `&& a != ${i + 6}`)};`,
		value: 1n,
	},
	"a row of commas": {
		before: "volatile long zero;",
		body: `long a = zero; return a ${times(9 * n, (i) => `, a += ${i % 5}`)};`,
		value: fold(9 * n, (s, i) => s + (i % 5n)),
	},
	"a chain of else if": {
		before: "volatile long zero;",
		body: `long a = zero + 700, r; ${times(2 * n, (i) => `if (a == ${i}) r = ${i} * 3; else `)} r = 1; return r;`,
		value: 2100n,
	},
	"labels of one case": {
		before: "volatile long zero;",
		body: `switch (zero + 8) { ${times(9 * n, (i) => `case ${2 * i}:`)} return 7; } return 1;`,
		value: 7n,
	},
	"a row of wide operators": {
		before: "volatile long zero;",
		body: `__int128 a = zero + 1; return a${times(2 * n, (i) => `+ a * ${i % 7}`)};`,
		value: fold(2 * n, (s, i) => s + (i % 7n)) + 1n,
	},
};

test.each(Object.entries(shapes))("%s", (_, { before = "", body, value }) => {
	const text = `${before}\nlong f(void) {\n${body}\n}`;
	const { value: made, diagnostics } = compileSource({ name: "t.c", text }, files);
	expect(diagnostics.map((d) => d.message)).toEqual([]);
	if (!made) return;
	expect(validate(made.module)).toEqual([]);
	expect(interpret(made.module, "f", [])).toMatchObject({ value });
});

test("far more values at once than the stack holds are refused before registers are looked for", () => {
	const text = `long g(void);
long f(void) {
${times(n, (i) => `long v${i} = g();`)}
return ${times(n, (i) => (i === 0 ? "v0" : `^ v${i} * ${i}`))};
}`;
	const { value, diagnostics } = compileSource({ name: "t.c", text }, files);
	expect(value).toBeUndefined();
	expect(diagnostics.map((d) => d.id)).toEqual(["codegen/stack"]);
});

/** Deeper than clang's own limit of 256: the message that clang has, no overflow of ours. */
const deep: Readonly<Record<string, string>> = {
	parentheses: `return ${"(".repeat(9000)}1${")".repeat(9000)};`,
	blocks: `${"{".repeat(9000)}${"}".repeat(9000)} return 0;`,
	conditions: `${"if (1) ".repeat(9000)} ; return 0;`,
	operators: `return ${"~".repeat(9000)}1;`,
	labels: `${times(9000, (i) => `l${i}:`)} return 0;`,
};

test.each(Object.entries(deep))("deep %s", (_, body) => {
	const { value, diagnostics } = compileSource(
		{ name: "t.c", text: `int f(void) { ${body} }` },
		files,
	);
	expect(value).toBeUndefined();
	expect(diagnostics.map((d) => d.message)).toContain(
		"bracket nesting level exceeded maximum of 256",
	);
});
