import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type Btf,
	BtfBuilder,
	type BtfType,
	decodeBtf,
	decodeBtfExt,
	type EncodableType,
	encodeBtf,
	encodeBtfExt,
	extRecords,
} from "./index.ts";

const name = fc.string({ maxLength: 6 }).map((s) => s.replaceAll("\0", ""));
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u24 = fc.integer({ min: 0, max: 0xffffff });
const u8 = fc.integer({ min: 0, max: 255 });
const flag = fc.boolean();

/** Any type whose references stay within `count` types. */
function anyType(count: number): fc.Arbitrary<EncodableType> {
	const ref = fc.integer({ min: 0, max: count });
	const few = { maxLength: 4 };
	const one = <K extends EncodableType["kind"]>(...kinds: K[]) => fc.constantFrom(...kinds);
	const member = (bitSize: fc.Arbitrary<number>) =>
		fc.record({ name, type: ref, bitOffset: u24, bitSize });
	const composite = (bitSize: fc.Arbitrary<number>) =>
		fc.record({
			kind: one("struct", "union"),
			name,
			size: u32,
			members: fc.array(member(bitSize), few),
		});
	const values = (bits: number) =>
		fc.boolean().chain((signed) =>
			fc.record({
				kind: fc.constant(bits === 32 ? ("enum" as const) : ("enum64" as const)),
				name,
				size: fc.constantFrom(1, 2, 4, 8),
				signed: fc.constant(signed),
				values: fc.array(
					fc.record({
						name,
						value: signed
							? fc.bigInt({ min: -(1n << BigInt(bits - 1)), max: (1n << BigInt(bits - 1)) - 1n })
							: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
					}),
					few,
				),
			}),
		);
	return fc.oneof(
		fc.record({
			kind: one("int"),
			name,
			size: fc.constantFrom(1, 2, 4, 8, 16),
			bits: u8,
			bitOffset: u8,
			signed: flag,
			char: flag,
			bool: flag,
		}),
		fc.record({ kind: one("ptr", "volatile", "const", "restrict"), type: ref }) as fc.Arbitrary<
			Extract<EncodableType, { kind: "ptr" | "volatile" | "const" | "restrict" }>
		>,
		fc.record({ kind: one("array"), type: ref, index: ref, length: u32 }),
		composite(fc.constant(0)),
		composite(u8),
		values(32),
		values(64),
		fc.record({ kind: one("fwd"), name, union: flag }),
		fc.record({ kind: one("typedef"), name, type: ref }),
		fc.record({
			kind: one("func"),
			name,
			type: ref,
			linkage: fc.constantFrom("static" as const, "global" as const, "extern" as const),
		}),
		fc.record({
			kind: one("func_proto"),
			returns: ref,
			params: fc.array(fc.record({ name, type: ref }), few),
		}),
		fc.record({ kind: one("var"), name, type: ref, linkage: fc.integer({ min: 0, max: 2 }) }),
		fc.record({
			kind: one("datasec"),
			name,
			size: u32,
			vars: fc.array(fc.record({ type: ref, offset: u32, size: u32 }), few),
		}),
		fc.record({ kind: one("float"), name, size: fc.constantFrom(2, 4, 8, 16) }),
		fc.record({
			kind: one("decl_tag"),
			name,
			type: ref,
			component: fc.integer({ min: -1, max: 9 }),
			attribute: flag,
		}),
		fc.record({ kind: one("type_tag"), name, type: ref, attribute: flag }),
	);
}

const anyTypes = fc
	.integer({ min: 1, max: 12 })
	.chain((n) => fc.array(anyType(n), { minLength: n, maxLength: n }));

function decoded(bytes: Uint8Array, base?: Btf): Btf {
	const out = decodeBtf(bytes, base);
	expect(out.diagnostics).toEqual([]);
	if (!out.value) throw new Error("no value");
	return out.value;
}

describe("encodeBtf", () => {
	test("decode gives back what was encoded, in either byte order", () => {
		fc.assert(
			fc.property(anyTypes, flag, (types, bigEndian) => {
				const btf = decoded(encodeBtf(types, { bigEndian }));
				expect(btf.types).toEqual([{ kind: "void" } satisfies BtfType, ...types]);
			}),
		);
	});

	test("split BTF goes on from the ids and strings of its base", () => {
		fc.assert(
			fc.property(anyTypes, anyTypes, (first, second) => {
				const base = decoded(encodeBtf(first));
				const split = decoded(encodeBtf(second, { base }), base);
				expect(split.firstId).toBe(first.length + 1);
				expect(split.types).toEqual([...base.types, ...second]);
			}),
		);
	});

	test("a builder gives ids as it goes and puts another type in the place of one", () => {
		const builder = new BtfBuilder();
		const node = builder.add({ kind: "fwd", name: "node", union: false });
		const link = builder.add({ kind: "ptr", type: node });
		const members = [{ name: "next", type: link, bitOffset: 0, bitSize: 0 }];
		builder.replace(node, { kind: "struct", name: "node", size: 8, members });
		expect([node, link, builder.nextId]).toEqual([1, 2, 3]);
		expect(decoded(builder.bytes()).types[1]).toMatchObject({ kind: "struct", size: 8 });
	});
});

describe("encodeBtfExt", () => {
	const insn = fc.nat({ max: 100000 });
	const records = fc.record({
		functions: fc.array(fc.record({ insn, typeId: u32 }), { maxLength: 3 }),
		lines: fc.array(
			fc.record({
				insn,
				file: name,
				text: name,
				line: fc.nat({ max: 0x3fffff }),
				column: fc.nat({ max: 1023 }),
			}),
			{ maxLength: 3 },
		),
		relocations: fc.array(
			fc.record({ insn, typeId: u32, access: name, kind: fc.nat({ max: 12 }) }),
			{ maxLength: 3 },
		),
	});

	test("decode gives back the records of each section", () => {
		fc.assert(
			fc.property(fc.array(records, { maxLength: 4 }), flag, (list, bigEndian) => {
				const sections = list.map((r, i) => ({ section: `xdp/${i}`, ...r }));
				const builder = new BtfBuilder({ bigEndian });
				const ext = encodeBtfExt(sections, builder.strings, { bigEndian });
				const btf = decoded(builder.bytes());
				const back = decodeBtfExt(ext, btf);
				expect(back.diagnostics).toEqual([]);
				const kept = sections.filter(
					(s) => s.functions.length + s.lines.length + s.relocations.length > 0,
				);
				const byName = (a: { section: string }, b: { section: string }) =>
					a.section < b.section ? -1 : 1;
				expect(back.value?.map((s) => extRecords(s, btf)).sort(byName)).toEqual(kept);
			}),
		);
	});
});
