import { expect, test } from "vitest";
import {
	addIncoming,
	Builder,
	newFunction,
	newModule,
	parseSsa,
	print,
	validate,
} from "./index.ts";

const every =
	`file 0 "a.c"
core 0 kind=0 type=5 access="0:1" value=8 wide
extern @bpf_obj ".ksyms" weak function size=0 btf=4
global @table ".rodata" static constant size=16 align=8 address=8:@other+4 bytes="00010203040506070000000000000000"
global @other ".bss" global hidden used size=8 align=8 btf=7

func @declared (ptr) i64 "" global inline=may

func @f (ptr, i32, i64) i64 "xdp" static inline=always hidden noreturn btf=3 !at 0:1:2:9
{
`.replace("\n{", " {") +
	`bb0:
  %10 = alloca 16 align 8 !name "buf"
  lifetime start %10
  memset 16 align 8 %10, 0
  memcpy 16 align 8 %10, @table+8
  memmove 16 align 1 %10, $0
  %11 = load i32 u16 align 2 $0 !at 0:3:4:1
  %12 = load i64 s8 volatile align 1 %10
  store u32 volatile align 4 %10, %11
  store u8 align 1 %10, %12
  %13 = add i32 %11, -5
  %14 = zext %13
  %15 = sext i64 8 %12
  %16 = trunc %15
  %17 = ptrtoint $0
  %18 = inttoptr %17
  %36 = spacecast 1 0 %18
  %19 = bswap i32 16 %16
  %20 = isconst %19
  %21 = select i32 %20, 1, %19
  %22 = icmp ult %14, 9223372036854775807L
  %23 = ptradd $0, core.i64.0
  %24 = atomic i64 add u64 fetch %10, %14
  atomic void or u32 %10, %11
  %25 = atomic i32 cmpxchg u32 fetch %10, 1, %11
  %26 = loadacquire i64 u32 %10
  storerelease u64 %10, %26
  %27 = call i64 helper 5 !name "t"
  %28 = call i64 @declared %23
  call void indirect 0p, %28, undef.i64
  %29 = asm i64 "%0 = %1" volatile out "=r":d in "r" clobber "memory" clobber "r1" %28
  %30 = asmout i64 1 %29
  lifetime end %10
  condbr %22, bb1, bb2 likely
bb1: unroll=4
  %31 = phi i64 [%28, bb0], [%32, bb1]
  %32 = add i64 %31, 1L
  switch %32, bb2 [0..4: bb1, 18446744073709551615..18446744073709551615: bb2]
bb2:
  asmgoto "goto %l0" in "r" (%28) bb3 [bb4]
bb3:
  ret 0L !at 0:9:9:9
bb4:
  unreachable
}
`;

test("every instruction is printed as it was read", () => {
	const { value, diagnostics } = parseSsa(every);
	expect(diagnostics).toEqual([]);
	if (!value) return;
	expect(validate(value)).toEqual([]);
	expect(print(value)).toBe(every);
});

test("what the builder makes is well-formed and reads back", () => {
	const module = newModule();
	const func = newFunction(module, "count", ["i32"], "i64", { section: "xdp" });
	const b = new Builder(func);
	const [entry, loop, out] = [b.newBlock(), b.newBlock(), b.newBlock()];
	b.at(entry);
	const box = b.alloca(8, 8, "box");
	b.store(8, box, b.i64(7), { align: 8 });
	b.br(loop);
	b.at(loop);
	const i = b.phi("i32");
	addIncoming(i, entry, b.i32(0));
	const next = b.binary("add", i, b.i32(1));
	addIncoming(i, loop, next);
	b.condbr(b.icmp("ult", next, b.param(0)), loop, out);
	b.at(out);
	b.ret(b.load("i64", 8, box, { align: 8 }));
	expect(b.open).toBe(false);
	b.ret(b.i64(1));
	expect(validate(module)).toEqual([]);
	const text = print(module);
	expect(print(parseSsa(text).value ?? newModule())).toBe(text);
	expect(b.i64(7)).toBe(b.i64(7));
});

test.each([
	['func @f () void ".text" static inline=may {\nbb0:\n  ret %1\n}', "%1 is not defined", 3],
	['func @f () void ".text" static inline=may {\nbb0:\n  br bb1\n}', "no such block", 3],
	['func @f () void ".text" static inline=may {\nbb0:\n  frob 1\n}', "unknown instruction frob", 3],
	[
		'func @f () void ".text" static inline=may {\nbb0:\n  %1 = add i32 1\n}',
		"expected 2 values",
		3,
	],
	['func @f () void ".text" static inline=may {\nbb0:', "the function has no end", 1],
	["what", "expected file, core, extern, global or func", 1],
	['func @f () void ".text" static inline=may {\nbb0:\n  ret $0\n}', "$0 is not a parameter", 3],
])("malformed text %#", (text, message, line) => {
	const { value, diagnostics } = parseSsa(text);
	expect(value).toBeUndefined();
	expect(diagnostics[0]?.message).toBe(message);
	expect(diagnostics[0]?.span?.line).toBe(line);
});

test.each([
	["%1 = add i32 1, 2L\n  ret", "argument 2 is i64, not i32"],
	["%1 = add i32 %2, 1\n  %2 = add i32 1, 1\n  ret", "%2 does not dominate it"],
	["ret 1", "expected 0 arguments"],
	["br bb0", "the entry has predecessors"],
	["%1 = phi i32 [1, bb0]\n  ret", "predecessors are "],
	["call void @nowhere\n  ret", "no such function"],
	["%1 = load i32 u64 align 8 0p\n  ret", "i32 of 8 bytes"],
])("validate says what is wrong %#", (body, fault) => {
	const { value } = parseSsa(`func @f () void ".text" static inline=may {\nbb0:\n  ${body}\n}`);
	expect(validate(value ?? newModule()).join("\n")).toContain(fault);
});
