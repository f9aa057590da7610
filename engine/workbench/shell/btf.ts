// `bpftool btf`: the object's types in BTF's own terms.

import { type Btf, decodeBtf, dumpC, type RawRow, rawRows } from "../../btf/index.ts";
import { readRelocatable } from "../../elf/index.ts";
import { buildFile } from "../build.ts";
import { readFile } from "./files.ts";
import { ShellError, type TerminalHost } from "./host.ts";
import { Raw, type Value } from "./json.ts";
import { choose, type SubCommands, Usage, usage } from "./table.ts";
import type { Tool } from "./tool.ts";

const NO_BTF = "can't get BTF object: there is no BTF in it";

const commands: SubCommands = {
	show: { usage: ["{ show | list } [id BTF_ID]"], run: show },
	list: { usage: [], run: show },
	dump: { usage: ["dump BTF_SRC [format FORMAT]"], run: dump },
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
	const format = takeFormat(words);
	if (words.length > 0) throw new ShellError(`unrecognized option: '${words[0]}'`);
	const types = bytes && decodeBtf(bytes).value;
	if (!types) throw new ShellError(NO_BTF);
	if (format === "c") {
		if (tool.json) throw new ShellError("JSON output for C-syntax dump is not supported");
		return definitions(types, roots);
	}
	const unknown = roots?.find((id) => !types.types[id]);
	if (unknown !== undefined) throw new ShellError(`can't find BTF type ${unknown}`);
	const rows = rawRows(types, roots);
	if (tool.json) return tool.print({ types: rows.map((r) => jsonOf(r.json)) });
	return rows.map((r) => r.text).join("");
}

/** The same with the texts of numbers that JSON's own type does not hold. */
function jsonOf(row: RawRow["json"]): Value {
	const plain = (v: RawRow["json"][string]): Value | undefined => {
		if (typeof v === "bigint") return new Raw(`${v}`);
		return typeof v === "object" ? v.map(jsonOf) : v;
	};
	return Object.fromEntries(Object.entries(row).map(([name, v]) => [name, plain(v)]));
}

function definitions(types: Btf, roots?: readonly number[]): string {
	const { value, diagnostics } = dumpC(types, roots);
	if (value === undefined) throw new ShellError(diagnostics[0]?.message ?? NO_BTF);
	return value;
}

/** `skep btf dump FILE [format c|raw]` */
export function skepBtf(host: TerminalHost, words: readonly string[]): string {
	const [what, path, ...rest] = words;
	if (what !== "dump" || path === undefined)
		throw new ShellError("skep btf dump FILE [format c|raw]");
	const format = takeFormat(rest);
	if (rest.length > 0) throw new ShellError(`unexpected ${rest[0]}`);
	const bytes = fileTypes(host, path);
	const types = bytes && decodeBtf(bytes).value;
	if (!types) throw new ShellError(`${path}: ${NO_BTF}`);
	return format === "c"
		? definitions(types)
		: rawRows(types)
				.map((r) => r.text)
				.join("");
}

/** The types of a file as it is: of an object those that it holds, of text those of what it is built to. */
function fileTypes(host: TerminalHost, path: string): Uint8Array | undefined {
	const bytes = readFile(host, path);
	if (bytes[0] === 0x9f && bytes[1] === 0xeb) return bytes;
	const isElf = bytes[0] === 0x7f && bytes[1] === 0x45;
	return isElf ? readRelocatable(bytes).value?.btf : buildFile(path, bytes).object?.btf;
}

function takeFormat(words: string[]): string {
	if (words[0] !== "format") return "raw";
	const [, format = ""] = words.splice(0, 2);
	if (format !== "raw" && format !== "c")
		throw new ShellError(`unrecognized format specifier: '${format}', possible values: raw, c`);
	return format;
}

/** The BTF that the words name; `roots` are the only types to show. */
function source(tool: Tool, words: string[]): { bytes: Uint8Array | undefined; roots?: number[] } {
	const kind = words.shift() ?? "";
	const object = () => tool.installation.object.btf;
	if (kind === "file") {
		const path = words.shift() ?? "";
		return { bytes: fileTypes(tool.host, path) };
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
