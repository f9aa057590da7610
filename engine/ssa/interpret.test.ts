import { expect, test } from "vitest";
import { type Host, interpret, newModule, parseSsa } from "./index.ts";

function expectResult(body: string, value: bigint | string, args: bigint[] = [], host: Host = {}) {
	const text = `global @g ".data" global size=16 align=8 address=8:@g+4 bytes="01020304050607080000000000000000"
func @f (i64, ptr) i64 ".text" static inline=may {\n${body}\n}
func @twice (i32) i32 ".text" static inline=may {\nbb0:\n  %1 = add i32 $0, $0\n  ret %1\n}`;
	const { value: module, diagnostics } = parseSsa(text);
	expect(diagnostics).toEqual([]);
	const end = interpret(module ?? newModule(), "f", args, { steps: 1000, ...host });
	expect(end.fault ?? end.value).toBe(value);
}

const sum = `bb0:
  br bb1
bb1:
  %1 = phi i64 [0L, bb0], [%3, bb2]
  %2 = phi i64 [1L, bb0], [%4, bb2]
  %5 = icmp ule %2, $0
  condbr %5, bb2, bb3
bb2:
  %3 = add i64 %1, %2
  %4 = add i64 %2, 1L
  br bb1
bb3:
  ret %1`;

test.each<[string, bigint | string, bigint[]?]>([
	[sum, 55n, [10n]],
	[sum, "too many steps", [1000000n]],
	["bb0:\n  %1 = load i64 u32 align 4 @g\n  ret %1", 0x04030201n],
	["bb0:\n  %1 = load i64 s8 align 1 @g+7\n  ret %1", 8n],
	["bb0:\n  %1 = load ptr u64 align 8 @g+8\n  %2 = load i64 u8 align 1 %1\n  ret %2", 5n],
	[
		"bb0:\n  %1 = udiv i64 $0, 0L\n  %2 = srem i64 $0, 0L\n  %3 = add i64 %1, %2\n  ret %3",
		-7n,
		[-7n],
	],
	["bb0:\n  %1 = shl i64 1L, $0\n  ret %1", 2n, [65n]],
	["bb0:\n  %1 = call i32 @twice -3\n  %2 = sext i64 32 %1\n  ret %2", -6n],
	[
		"bb0:\n  %1 = trunc $0\n  %2 = bswap i32 16 %1\n  %3 = zext %2\n  ret %3",
		0x3412n,
		[0x55551234n],
	],
	[
		"bb0:\n  %1 = alloca 8 align 8\n  memset 8 align 8 %1, 255\n  store u16 align 2 %1, 1\n  %2 = load i64 u64 align 8 %1\n  ret %2",
		-65535n,
	],
	["bb0:\n  %1 = atomic i64 add u64 fetch @g, 1L\n  ret %1", 0x0807060504030201n],
	["bb0:\n  %1 = load i64 u64 align 8 $1\n  ret %1", "read outside of memory", [0n, 64n]],
	["bb0:\n  unreachable", "unreachable"],
	[
		"bb0:\n  switch $0, bb1 [3..5: bb2, 18446744073709551615..18446744073709551615: bb2]\nbb1:\n  ret 1L\nbb2:\n  ret 2L",
		2n,
		[-1n],
	],
])("interpret %#", (body, value, args) => expectResult(body, value, args));

test("helpers see memory", () => {
	const bytes = new Uint8Array(8);
	const helper: Host["helper"] = (id, args, memory) => {
		memory.write(args[0] ?? 0n, 2, 0x1234n);
		return BigInt(id);
	};
	const body =
		"bb0:\n  %1 = call i64 helper 9 $1\n  %2 = load i64 u16 align 2 $1\n  %3 = add i64 %1, %2\n  ret %3";
	expectResult(body, 0x123dn, [0n, 4096n], { helper, regions: [{ base: 4096n, bytes }] });
	expect([...bytes]).toEqual([0x34, 0x12, 0, 0, 0, 0, 0, 0]);
});
