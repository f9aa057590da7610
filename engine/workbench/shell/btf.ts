// `bpftool btf`: the object's types in BTF's own terms.

import { type Btf, type BtfType, decodeBtf } from "../../btf/index.ts";
import { buildFile } from "../build.ts";
import { readFile } from "./files.ts";
import { ShellError } from "./host.ts";
import type { Value } from "./json.ts";
import { choose, type SubCommands, Usage, usage } from "./table.ts";
import type { Tool } from "./tool.ts";

const NO_BTF = "can't get BTF object: there is no BTF in it";

const commands: SubCommands = {
	show: { usage: ["{ show | list } [id BTF_ID]"], run: show },
	list: { usage: [], run: show },
	dump: { usage: ["dump BTF_SRC [format raw]"], run: dump },
};

export const btfCommands = Object.keys(commands);

export function btf(tool: Tool, words: string[]): string | Promise<string> {
	return choose("btf", commands, tool, words, "show");
}

function show(tool: Tool, words: string[]): string {
	const bytes = tool.installation.object.btf;
	if (words.length > 0 && !(words[0] === "id" && words[1] === "1" && bytes))
		throw new ShellError(`get btf by id (${words[1] ?? ""}): No such file or directory`);
	if (!bytes) return tool.json ? "[]\n" : "";
	const maps = tool
		.maps()
		.filter((m) => m.spec.btfValueTypeId)
		.map((m) => m.id);
	const programs = tool.programs().there.map((p) => p.loaded.id);
	if (tool.json)
		return tool.print([
			{ id: 1, size: bytes.length, prog_ids: programs, map_ids: maps, kernel: false },
		]);
	const list = (name: string, ids: readonly number[]) =>
		ids.length ? `  ${name} ${ids.join(",")}` : "";
	return `1: name <anon>  size ${bytes.length}B${list("prog_ids", programs)}${list("map_ids", maps)}\n`;
}

function dump(tool: Tool, words: string[]): string {
	if (words.length < 2)
		throw new Usage(
			`Error: 'dump' needs at least 2 arguments, ${words.length} found\n${usage("btf", commands)}`,
		);
	const { bytes, roots } = source(tool, words);
	if (words[0] === "format") {
		const format = words[1] ?? "";
		if (format !== "raw") throw new ShellError(`format ${format} is not supported by Skep`);
		words.splice(0, 2);
	}
	if (words.length > 0) throw new ShellError(`unrecognized option: '${words[0]}'`);
	const types = bytes && decodeBtf(bytes).value;
	if (!types) throw new ShellError(NO_BTF);
	const ids = roots ?? types.types.map((_, id) => id).slice(types.firstId);
	const rows = ids.map((id) => row(types, id));
	if (tool.json) return tool.print({ types: rows.map((r) => r.json) });
	return rows.map((r) => r.text).join("");
}

/** The BTF that the words name; `roots` are the only types to show. */
function source(tool: Tool, words: string[]): { bytes: Uint8Array | undefined; roots?: number[] } {
	const kind = words.shift() ?? "";
	const object = () => tool.installation.object.btf;
	if (kind === "file") {
		const path = words.shift() ?? "";
		return { bytes: buildFile(path, readFile(tool.host, path)).object?.btf };
	}
	if (kind === "prog") {
		tool.takeProgram(words);
		return { bytes: object() };
	}
	if (kind === "id") {
		const id = words.shift() ?? "";
		if (id === "1") return { bytes: object() };
		throw new ShellError(`get btf by id (${id}): No such file or directory`);
	}
	if (kind !== "map") throw new ShellError(`unrecognized BTF source specifier: '${kind}'`);
	const { btfKeyTypeId = 0, btfValueTypeId = 0 } = tool.takeMap(words).spec;
	const part = ["key", "value", "kv", "all"].find((p) => p === words[0]);
	if (part) words.shift();
	if (part === "all") return { bytes: object() };
	const ids =
		part === "key"
			? [btfKeyTypeId]
			: part === "value"
				? [btfValueTypeId]
				: [btfKeyTypeId, btfValueTypeId];
	return { bytes: btfValueTypeId ? object() : undefined, roots: ids.filter((id) => id > 0) };
}

/** Facts of a type after its name, and rows below it. */
interface Details {
	readonly facts: Readonly<Record<string, string | number | undefined>>;
	readonly list?: { readonly name: string; readonly rows: readonly Row[] };
}

type Row = {
	readonly facts: Readonly<Record<string, string | number | undefined>>;
	readonly text: string;
};

function row(btf: Btf, id: number): { text: string; json: Value } {
	const type = btf.types[id];
	if (!type) throw new ShellError(`can't find BTF type ${id}`);
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
		case "enum64":
			return {
				facts: {
					encoding: type.signed ? "SIGNED" : "UNSIGNED",
					size: type.size,
					vlen: type.values.length,
				},
				list: {
					name: "values",
					rows: type.values.map((v) => ({
						facts: { name: v.name, val: Number(v.value) },
						text: `'${v.name}' val=${v.value}`,
					})),
				},
			};
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
