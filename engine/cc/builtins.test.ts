// What `__has_builtin` says and what a call of the builtin gives are the same; atomics are those that eBPF has instructions for.

import { expect, test } from "vitest";
import { builtinHeaders, compile } from "./index.ts";

const files = { read: () => undefined, builtin: builtinHeaders(), warnings: false };

function problems(body: string, cpu: 3 | 4 = 3): string[] {
	const text = `long g; int h; char c; long f(long a, char *p) { ${body} return a; }`;
	return compile({ name: "a.c", text }, { ...files, cpu }).diagnostics.map((d) => d.message);
}

test.each([
	["__builtin_popcountll", "a = __builtin_popcountll(a);"],
	["__builtin_memcpy", "__builtin_memcpy(p, &g, 8);"],
	["__builtin_offsetof", "struct s { int m, n; }; a = __builtin_offsetof(struct s, n);"],
	["__builtin_align_up", "a = __builtin_align_up(a, 16);"],
	["__builtin_add_overflow", "a = __builtin_add_overflow(a, 1, &g);"],
	["__builtin_alloca", "p = __builtin_alloca(a);"],
	["__builtin_strchr", "p = __builtin_strchr(p, 3);"],
	["__builtin_sqrt", "a = __builtin_sqrt(a);"],
	["__builtin_nothing", "a = __builtin_nothing(a);"],
	["__sync_fetch_and_add", "a = __sync_fetch_and_add(&g, 1);"],
	["__sync_fetch_and_add_8", "a = __sync_fetch_and_add_8(&g, 1);"],
	["__sync_swap", "a = __sync_swap(&h, 1);"],
	["__sync_fetch_and_nand", "a = __sync_fetch_and_nand(&g, 1);"],
	["__atomic_fetch_min", "a = __atomic_fetch_min(&g, 1, 5);"],
	["__atomic_nand_fetch", "a = __atomic_nand_fetch(&g, 1, 5);"],
	["__atomic_test_and_set", "a = __atomic_test_and_set(&c, 5);"],
	["__atomic_signal_fence", "__atomic_signal_fence(5);"],
	["__atomic_thread_fence", "__atomic_thread_fence(5);"],
	["__sync_synchronize", "__sync_synchronize();"],
])("__has_builtin(%s)", (name, use) => {
	const text = `#if __has_builtin(${name})\nint there;\n#else\nint missing;\n#endif\n`;
	const { value } = compile({ name: "a.c", text }, files);
	const there = value?.symbols.some((s) => s.name === "there");
	expect(problems(use).length === 0).toBe(there);
});

test.each([
	["__sync_lock_release(&h);", 4, []],
	["__sync_lock_release(&h);", 3, ["store-release instructions need -mcpu=v4"]],
	["__atomic_clear(&c, 0);", 3, []],
	[
		"a = __atomic_load_n(&g, 5);",
		4,
		["sequentially consistent (seq_cst) atomic load/store is not supported"],
	],
	["a = __sync_fetch_and_nand(&g, 1);", 3, ["eBPF has no instruction for '__sync_fetch_and_nand'"]],
	["__sync_synchronize();", 3, ["eBPF has no instruction for the fence of '__sync_synchronize'"]],
] as const)("%s for v%i", (body, cpu, said) => {
	expect(problems(body, cpu)).toEqual(said);
});

test("seldom and often called functions have sections of their own, as with clang; inlined ones are gone", () => {
	const text = `
__attribute__((cold, noinline)) static int c(int a) { return a * 7; }
static __attribute__((cold)) int inlined(int a) { return a * 9; }
static __attribute__((hot, noinline)) int h(int a) { return a * 11; }
__attribute__((cold, section("own"))) int s(int a) { return a; }
int plain(int a) { return c(a) + inlined(a) + h(a); }
`;
	const { value } = compile({ name: "a.c", text }, files);
	const places = value?.symbols
		.filter((s) => /^(c|inlined|h|s|plain)$/.test(s.name))
		.map((s) => `${s.name} ${value.sections[s.section ?? -1]?.name}`);
	expect(places?.sort()).toEqual(["c .text.unlikely.", "h .text.hot.", "plain .text", "s own"]);
});
