// Type graph → one row a type in BTF's own terms, as `bpftool btf dump` prints them, as text and as data. Also the frame that it puts
// around C definitions.

import type { Outcome } from "../base/index.ts";
import { printC } from "./cprint.ts";
import type { Btf, BtfType } from "./types.ts";

/** What `bpftool btf dump` says of one type: its lines, and the same as JSON fields. */
export interface RawRow {
	readonly text: string;
	readonly json: Readonly<Record<string, RawValue>>;
}

/** A bigint is an enumerator that a number cannot hold exactly. */
type Fields = Readonly<Record<string, string | number | bigint | undefined>>;
type RawValue = Fields[string] | readonly Fields[];

/** Rows of the types `ids`, of all that this BTF itself defines when left out. Ids that are not there are left out. */
export function rawRows(btf: Btf, ids?: readonly number[]): RawRow[] {
	const rows: RawRow[] = [];
	for (const id of ids ?? btf.types.map((_, i) => i).slice(btf.firstId)) {
		const type = btf.types[id];
		if (type) rows.push(row(btf, id, type));
	}
	return rows;
}

const open = `#ifndef __VMLINUX_H__
#define __VMLINUX_H__

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
#endif

`;
const close = `#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif

#endif /* __VMLINUX_H__ */
`;

/** A header with the C definitions of the types `ids` (of all when left out), as `bpftool btf dump … format c` gives it. */
export function dumpC(btf: Btf, ids?: readonly number[]): Outcome<string> {
	const { value, diagnostics } = printC(btf, ids);
	return value === undefined ? { diagnostics } : { value: open + value + close, diagnostics };
}

/** Facts of a type after its name, and rows below it. */
interface Details {
	readonly facts: Fields;
	readonly list?: { readonly name: string; readonly rows: readonly Row[] };
}

type Row = {
	readonly facts: Fields;
	readonly text: string;
};

function row(btf: Btf, id: number, type: BtfType): RawRow {
	const kind = type.kind.toUpperCase();
	const name = nameOf(type);
	const { facts, list } = details(btf, type);
	const text = Object.entries(facts)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${key}=${value}${type.kind === "var" && key === "type_id" ? "," : ""}`);
	const below = list?.rows.map((r) => `\t${r.text}\n`).join("") ?? "";
	return {
		text: `${[`[${id}] ${kind} '${name}'`, ...text].join(" ")}\n${below}`,
		json: {
			id,
			kind,
			name,
			...facts,
			...(list ? { [list.name]: list.rows.map((r) => r.facts) } : {}),
		},
	};
}

function nameOf(type: BtfType): string {
	return ("name" in type && type.name) || "(anon)";
}

function details(btf: Btf, type: BtfType): Details {
	switch (type.kind) {
		case "int":
			return {
				facts: {
					size: type.size,
					bits_offset: type.bitOffset,
					nr_bits: type.bits,
					encoding: encoding(type),
				},
			};
		case "array":
			return { facts: { type_id: type.type, index_type_id: type.index, nr_elems: type.length } };
		case "struct":
		case "union":
			return { facts: { size: type.size, vlen: type.members.length }, list: members(type.members) };
		case "enum":
		case "enum64": {
			const suffix = type.kind === "enum" ? "" : type.signed ? "LL" : "ULL";
			return {
				facts: {
					encoding: type.signed ? "SIGNED" : "UNSIGNED",
					size: type.size,
					vlen: type.values.length,
				},
				list: {
					name: "values",
					rows: type.values.map((v) => ({
						facts: { name: v.name, val: jsonValue(type, v.value) },
						text: `'${v.name}' val=${v.value}${suffix}`,
					})),
				},
			};
		}
		case "fwd":
			return { facts: { fwd_kind: type.union ? "union" : "struct" } };
		case "func":
			return { facts: { type_id: type.type, linkage: type.linkage } };
		case "func_proto":
			return {
				facts: { ret_type_id: type.returns, vlen: type.params.length },
				list: parameters(type.params),
			};
		case "float":
			return { facts: { size: type.size } };
		case "decl_tag":
			return { facts: { type_id: type.type, component_idx: type.component } };
		case "var":
		case "datasec":
			return variables(btf, type);
		case "void":
			return { facts: {} };
		default:
			return { facts: { type_id: type.type } };
	}
}

/** As bpftool writes it: of an unsigned 32-bit enum the sign is extended all the same. */
function jsonValue({ kind, signed }: BtfType & { kind: "enum" | "enum64" }, value: bigint) {
	const out = kind === "enum" && !signed ? BigInt.asUintN(64, BigInt.asIntN(32, value)) : value;
	return out >= -MOST_SAFE && out <= MOST_SAFE ? Number(out) : out;
}

const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function encoding(type: BtfType & { kind: "int" }): string {
	if (type.signed) return "SIGNED";
	if (type.char) return "CHAR";
	return type.bool ? "BOOL" : "(none)";
}

function members(
	list: (BtfType & { kind: "struct" | "union" })["members"],
): Details["list"] & object {
	const rows = list.map((m) => {
		const name = m.name || "(anon)";
		const width = m.bitSize ? m.bitSize : undefined;
		return {
			facts: { name, type_id: m.type, bits_offset: m.bitOffset, bitfield_size: width },
			text: `'${name}' type_id=${m.type} bits_offset=${m.bitOffset}${width ? ` bitfield_size=${width}` : ""}`,
		};
	});
	return { name: "members", rows };
}

function parameters(list: readonly { name: string; type: number }[]): Details["list"] & object {
	const rows = list.map((p) => {
		const name = p.name || "(anon)";
		return { facts: { name, type_id: p.type }, text: `'${name}' type_id=${p.type}` };
	});
	return { name: "params", rows };
}

const LINKAGE = ["static", "global", "extern"];

function variables(btf: Btf, type: BtfType & { kind: "var" | "datasec" }): Details {
	if (type.kind === "var")
		return { facts: { type_id: type.type, linkage: LINKAGE[type.linkage] ?? "(unknown)" } };
	const rows = type.vars.map((v) => {
		const variable = btf.types[v.type];
		const named =
			variable && "name" in variable ? ` (${variable.kind.toUpperCase()} '${variable.name}')` : "";
		return {
			facts: { type_id: v.type, offset: v.offset, size: v.size },
			text: `type_id=${v.type} offset=${v.offset} size=${v.size}${named}`,
		};
	});
	return { facts: { size: type.size, vlen: type.vars.length }, list: { name: "vars", rows } };
}
