// Making a rejected program small: what is not needed for the rejection goes, what is needed stays, and the case comes back from
// its JSON as it was.
import { expect, test } from "vitest";
import { codeOf, type Insn, LD_IMM64 } from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { judge } from "./judge.ts";
import { minimise, without } from "./minimise.ts";
import { type RawCase, rawRequest, requestCase } from "./rawcase.ts";

const hash = (name: string, valueSize: number): MapSpec => ({
	name,
	type: 1,
	keySize: 4,
	valueSize,
	maxEntries: 1,
	flags: 0,
	init: [{ key: Uint8Array.of(1, 0, 0, 0), value: new Uint8Array(valueSize) }],
});

const insn = (part: Partial<Insn>): Insn => ({
	opcode: 0,
	dst: 0,
	src: 0,
	off: 0,
	imm: 0,
	...part,
});
const mov = (dst: number, imm: number) => insn({ opcode: 0xb7, dst, imm });
const call = (imm: number, src = 0) => insn({ opcode: 0x85, src, imm });
const exit = insn({ opcode: 0x95 });
const wide = (dst: number, map: number) => [
	insn({ opcode: LD_IMM64, dst, src: 1, imm: map }),
	insn({}),
];

/** Looks up in the second of two maps, calls a function that does nothing of interest, then reads without a null check. */
function rejected(): LoadRequest {
	const code = codeOf([
		...Array.from({ length: 40 }, (_, i) => mov(6, i)),
		...wide(7, 0),
		call(10, 1),
		insn({ opcode: 0x62, dst: 10, off: -4, imm: 0 }),
		insn({ opcode: 0xbf, dst: 2, src: 10 }),
		insn({ opcode: 0x07, dst: 2, imm: -4 }),
		...wide(1, 1),
		call(1),
		insn({ opcode: 0x55, dst: 6, off: 1, imm: 7 }),
		mov(8, 1),
		insn({ opcode: 0x79, dst: 0, src: 0, off: 0 }),
		exit,
		mov(9, 9),
		mov(9, 9),
		mov(0, 0),
		exit,
	]);
	return {
		name: "rejected",
		type: 6,
		expectedAttachType: 0,
		flags: 0,
		license: "GPL",
		code,
		maps: [hash("first", 8), hash("second", 16)],
		functions: [],
		lines: [],
		attachBtfId: 0,
	};
}

const message = "R0 invalid mem access 'map_value_or_null'";

test("what the rejection needs stays, everything else goes", async () => {
	const fails = async (it: LoadRequest) => judge(it, 1).log.includes(message);
	expect(await fails(rejected())).toBe(true);
	const small = await minimise(rejected(), fails);
	expect(await fails(small)).toBe(true);
	expect(small.code.length).toBeLessThanOrEqual(10);
	expect(small.maps).toEqual([{ ...hash("second", 16), init: undefined }]);
});

test("a case comes back from its JSON", () => {
	const text = JSON.stringify(requestCase("rejected", rejected()));
	const back = rawRequest(JSON.parse(text) as RawCase);
	expect(back).toEqual({ ...rejected(), name: "" });
});

test("jumps and calls over what is left out still meet their instructions", () => {
	const request = rejected();
	const smaller = without(request, 0, 39);
	expect(smaller && judge(smaller, 2).log).toContain(message);
	expect(without(request, 41, 2)).toBeUndefined();
	expect(without(request, 0, request.code.length)).toBeUndefined();
});
