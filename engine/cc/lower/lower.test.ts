// What C means, run: each source's function `f` gives the value beside it, unoptimised and optimised; the module is well-formed.

import { expect, test } from "vitest";
import { interpret, validate } from "../../ssa/index.ts";
import { builtinHeaders, compileSource, compileToSsa } from "../index.ts";

const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };

const cases: readonly (readonly [source: string, value: bigint])[] = [
	["long f(void) { signed char c = -1; unsigned char u = 255; return c == u; }", 0n],
	["long f(void) { unsigned short s = 65535; return s * s; }", BigInt.asIntN(32, 65535n * 65535n)],
	["long f(void) { unsigned u = 1; return u - 2 > 0; }", 1n],
	["long f(void) { int x = -7; return x / 2 * 100 + x % 4; }", -303n],
	["long f(void) { _Bool b = 0x100; return b + !b; }", 1n],
	[
		"struct s { int a : 3; unsigned b : 5; } x; long f(void) { x.a = 5; x.b = 33; return x.a * 100 + x.b; }",
		-299n,
	],
	[
		"struct __attribute__((packed)) s { char c; unsigned long v : 37; } x; long f(void) { x.v = -1; return x.v; }",
		137438953471n,
	],
	[
		"long f(void) { int a[3] = { [1] = 5 }; int *p = a + 1; return p[0] * 10 + p[1] + (&a[2] - a); }",
		52n,
	],
	[
		"long f(void) { int i = 0, s = 0; for (;;) { if (i == 5) break; if (i++ & 1) continue; s += i; } return s; }",
		9n,
	],
	[
		"long f(void) { int s = 0; for (int i = -2; i < 6; i++) switch (i) { case -9 ... 0: s += 1; break; case 3: s += 10; default: s += 100; } return s; }",
		513n,
	],
	[
		"static void g(int *p) { *p += 7; } long f(void) { int n = 0; { int a __attribute__((cleanup(g))) = 1; n = ({ int b __attribute__((cleanup(g))) = 2; b; }); } return n; }",
		2n,
	],
	[
		"struct p { int x, y; }; static struct p g(struct p a) { a.x += a.y; return a; } long f(void) { struct p q = g((struct p){ 1, 2 }); return q.x * 10 + q.y; }",
		32n,
	],
	[
		"struct l { long v[4]; }; static struct l g(struct l a) { a.v[3] = 9; return a; } long f(void) { struct l q = { { 1 } }; struct l r = g(q); return r.v[3] * 10 + q.v[3]; }",
		90n,
	],
	[
		"long f(void) { unsigned __int128 a = ~0ul; a *= 3; return (a >> 64) * 10 + (a < 5) + (long)(a & 7); }",
		25n,
	],
	["long f(void) { __int128 a = -5; a >>= 1; return a + (a < 0); }", -2n],
	["long f(void) { int r; return __builtin_add_overflow(2147483647, 1, &r) * 10 + (r < 0); }", 11n],
	[
		"long f(void) { return __builtin_popcount(0xf0f0) * 100 + __builtin_clz(1) + __builtin_ctzl(8) + __builtin_ffs(0); }",
		834n,
	],
	[
		'long f(void) { char a[] = "abc", b[] = "abd"; return (__builtin_memcmp(a, b, 4) < 0) * 10 + (__builtin_memcmp(a, b, 2) == 0); }',
		11n,
	],
	[
		"static const int t[] = { 1, 2, 4 }; int g = 2; static int *const p = &g; long f(void) { *p = 1; return t[g]; }",
		2n,
	],
	[
		"long f(void) { int a = 1, b; b = a++ + (a ? a : 0) + (a, 5); goto end; b = 0; end: return b; }",
		8n,
	],
	[
		"static int g(int n) { static int calls = 40; return calls += n; } long f(void) { g(1); return g(1); }",
		42n,
	],
	[
		"long f(void) { union { unsigned w; unsigned char b[4]; } u = { .b = { 1, 2, 3, 4 } }; return u.w; }",
		0x04030201n,
	],
	[
		"long f(void) { long v = 10; long w = __sync_fetch_and_add(&v, 5); return w * 100 + __sync_val_compare_and_swap(&v, 15, 1) + v; }",
		1016n,
	],
	[
		"long f(void) { return __builtin_bswap16(0x1234) + (__builtin_constant_p(3) ? 1 : 0); }",
		0x3413n,
	],
];

test.each(cases)("%s", (source, value) => {
	for (const level of [0, 2] as const) {
		const { value: made, diagnostics } = compileToSsa(
			{ name: "t.c", text: source },
			{ ...files, level },
		);
		expect(diagnostics.map((d) => d.message)).toEqual([]);
		if (!made) continue;
		expect(validate(made.module)).toEqual([]);
		expect(interpret(made.module, "f", [])).toMatchObject({ value });
	}
});

const refused: readonly (readonly [source: string, message: string])[] = [
	["long f(__int128 a) { return a / 3; }", "A call to built-in function '__divti3'"],
	['asm("nothing");', "asm outside of functions"],
	["void f(void *p, long n) { __builtin_memcpy(p, p + 9, n); }", "its size is not a constant"],
	['__attribute__((error("never"))) void no(void); void f(int x) { if (x) no(); }', "never"],
];

test.each(refused)("named: %s", (source, message) => {
	const { value, diagnostics } = compileSource({ name: "t.c", text: source }, files);
	expect(value).toBeUndefined();
	expect(diagnostics.map((d) => d.message).join("\n")).toContain(message);
	expect(diagnostics[0]?.span?.line).toBe(1);
});

test("a symbol that only inline assembly names is the loader's", () => {
	const text = 'long f(void) { long y; asm("%0 = ELSEWHERE ll" : "=r"(y)); return y; }';
	const { value } = compileSource({ name: "t.c", text }, files);
	expect(value?.module.externs.map((e) => e.name)).toEqual(["ELSEWHERE"]);
});
