// Which variable a register or slot holds, and where each instruction was written.
import { expect, test } from "vitest";
import { parseSsa } from "../ssa/index.ts";
import { generate } from "./index.ts";

const source = `file 0 "a.c"
func @prog (ptr, i64) i64 ".text" global inline=may !at 0:3:1:1 {
bb0:
  %1 = load i64 u64 align 8 $0 !name "first" !at 0:4:5:2
  %2 = alloca 8 align 8 !name "key"
  store u64 align 8 %2, %1 !at 0:5:5:3
  %3 = call i64 helper 1 $0, %2 !name "found" !at 0:6:5:4
  %4 = add i64 %3, %1 !name "sum" !at 0:7:5:5
  ret %4 !at 0:8:5:6
}
`;

test("places and variables follow the code", () => {
	const { value } = parseSsa(source, "a.ssa");
	if (!value) return expect.unreachable();
	const [made] = generate(value, { cpu: 3, debug: true, name: "a" }).value?.functions ?? [];
	if (!made) return expect.unreachable();
	expect(made.places.length).toBe(made.length);
	expect([...new Set(made.places.map((p) => p?.line))]).toEqual([4, 5, 6, 7, 8]);
	const at = (name: string) => made.variables.filter((v) => v.name === name);
	expect(at("first")[0]?.register).toBeGreaterThanOrEqual(6);
	expect(at("found").map((v) => v.register)).toEqual([0]);
	for (const v of made.variables) expect(v.end).toBeGreaterThan(v.start);
});
