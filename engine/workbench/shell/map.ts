// `bpftool map`: what maps there are and what is in them.

import { mapType, progType, updateFlags } from "../../abi/index.ts";
import { allCpus, type BpfMap, SlotKind } from "../../maps/index.ts";
import { errorText, hexList, hexText, takeBytes } from "./bytes.ts";
import { type Entry, entryJson, entryText, typedEntry } from "./entry.ts";
import { ShellError } from "./host.ts";
import { toJson, type Value } from "./json.ts";
import { memlock } from "./memlock.ts";
import { absent } from "./program.ts";
import { choose, type SubCommands, Usage, usage } from "./table.ts";
import { shortName, type Tool } from "./tool.ts";

const ENOENT = 2;
const BPF_F_RDONLY_PROG = 0x80;
const UNLISTED_SLOTS = ["prog_array", "array_of_maps", "hash_of_maps"];
const MAPS_OF_MAPS = ["array_of_maps", "hash_of_maps"];
/** Entries that a dump prints at most. */
const MOST = 100_000;

const commands: SubCommands = {
	show: { usage: ["{ show | list } [MAP]"], run: show },
	list: { usage: [], run: show },
	dump: { usage: ["dump       MAP"], run: dump },
	update: { usage: ["update     MAP [key DATA] [value VALUE] [UPDATE_FLAGS]"], run: update },
	lookup: { usage: ["lookup     MAP [key DATA]"], run: lookup },
	getnext: { usage: ["getnext    MAP [key DATA]"], run: getnext },
	delete: { usage: ["delete     MAP  key DATA"], run: remove },
	peek: { usage: ["peek       MAP"], run: lookup },
	push: { usage: ["push       MAP value VALUE"], run: update },
	enqueue: { usage: ["enqueue    MAP value VALUE"], run: update },
	pop: { usage: ["pop        MAP"], run: pop },
	dequeue: { usage: ["dequeue    MAP"], run: pop },
	freeze: { usage: ["freeze     MAP"], run: freeze },
	...absent("create", "pin", "event_pipe"),
};

export const mapCommands = Object.keys(commands);

export function map(tool: Tool, words: string[]): string | Promise<string> {
	return choose("map", commands, tool, words, "show");
}

function typeName(map: BpfMap): string {
	return mapType(map.spec.type)?.name ?? `${map.spec.type}`;
}

function show(tool: Tool, words: string[]): string {
	const one = words.length > 0;
	const maps = one ? tool.selectMaps(words) : tool.maps();
	if (words.length > 0) throw new Usage(usage("map", commands));
	const facts = maps.map((m) => factsOf(tool, m));
	const [first] = facts;
	if (!tool.json) return facts.map((f) => f.text).join("");
	if (one) return first ? tool.print(first.json) : "\n";
	return tool.print(facts.map((f) => f.json));
}

function factsOf(tool: Tool, map: BpfMap): { json: Value; text: string } {
	const { keySize, valueSize, maxEntries, btfValueTypeId } = map.spec;
	const type = typeName(map);
	const name = shortName(map.spec.name);
	const devices = type === "devmap" || type === "devmap_hash" ? BPF_F_RDONLY_PROG : 0;
	const flags = map.spec.flags | devices;
	const bytes = memlock(map, tool.installation.kernel.machine.environment.cpus);
	const btf = btfValueTypeId ? 1 : undefined;
	const owner = ownerOf(tool, map);
	const more = btf
		? `\n\tbtf_id ${btf}${map.frozen ? "  frozen" : ""}`
		: map.frozen
			? "\n\tfrozen"
			: "";
	return {
		json: {
			id: map.id,
			type,
			name: name || undefined,
			flags,
			bytes_key: keySize,
			bytes_value: valueSize,
			max_entries: maxEntries,
			bytes_memlock: bytes,
			...(owner === undefined ? {} : { owner_prog_type: owner, owner_jited: true }),
			frozen: map.frozen ? 1 : 0,
			btf_id: btf,
		},
		text:
			`${map.id}: ${type}${name ? `  name ${name}` : ""}  flags 0x${flags.toString(16)}\n` +
			`\tkey ${keySize}B  value ${valueSize}B  max_entries ${maxEntries}` +
			`${bytes === undefined ? "" : `  memlock ${bytes}B`}` +
			`${owner === undefined ? "" : `\n\towner_prog_type ${owner}  owner jited`}${more}\n`,
	};
}

/** Type of the programs in a prog array. */
function ownerOf(tool: Tool, map: BpfMap): string | undefined {
	if (typeName(map) !== "prog_array" || !(map.kind instanceof SlotKind)) return undefined;
	for (let i = 0; i < map.spec.maxEntries; i++) {
		const id = map.kind.slot(i)?.id;
		const type = id === undefined ? undefined : tool.installation.kernel.program(id)?.type;
		if (type !== undefined) return progType(type)?.name;
	}
	return undefined;
}

function dump(tool: Tool, words: string[]): string {
	if (words.length !== 2) throw new Usage(usage("map", commands));
	const [map] = tool.selectMaps(words);
	if (!map) return tool.json ? "\n" : "";
	const entries: Entry[] = [];
	let found = 0;
	for (let key = map.nextKey(); typeof key !== "number"; key = map.nextKey(key)) {
		const value = map.lookup(key);
		if (value === -ENOENT && UNLISTED_SLOTS.includes(typeName(map))) continue;
		entries.push({ key, value: typeof value === "number" ? -value : value });
		if (typeof value !== "number") found++;
		if (entries.length === MOST) break;
	}
	if (tool.json) return tool.print(entries.map((e) => entryJson(tool, map, e)));
	const typed = entries.map((e) => typedEntry(tool, map, e, true));
	if (typed.length > 0 && typed.every((v) => v !== undefined)) return `${toJson(typed, true)}\n`;
	const cut = entries.length === MOST ? `# only the first ${MOST} are shown\n` : "";
	const count = `Found ${found} element${found === 1 ? "" : "s"}\n`;
	return entries.map((e) => entryText(map, e)).join("") + cut + count;
}

/** Words after the map: key, value and flags in any order. */
interface Element {
	key?: Uint8Array;
	value?: Uint8Array;
	/** One of BPF_ANY, BPF_NOEXIST, BPF_EXIST. */
	flags?: number;
}

function takeElement(tool: Tool, map: BpfMap, words: string[], withValue: boolean): Element {
	const element: Element = {};
	while (words.length > 0) {
		const word = words.shift() ?? "";
		const flag = {
			any: updateFlags.BPF_ANY,
			noexist: updateFlags.BPF_NOEXIST,
			exist: updateFlags.BPF_EXIST,
		};
		if ("key".startsWith(word)) {
			if (map.spec.keySize === 0) throw new ShellError("unnecessary key");
			if (element.key) throw new ShellError("duplicate key");
			element.key = takeBytes(words, "key", map.spec.keySize);
		} else if (withValue && "value".startsWith(word)) {
			if (element.value) throw new ShellError("duplicate value");
			element.value = takeValue(tool, map, words);
		} else if (withValue && word in flag) {
			element.flags = flag[word as keyof typeof flag];
		} else {
			throw new ShellError(`expected key or value, got: ${word}`);
		}
	}
	if (!element.key && map.spec.keySize > 0) throw new ShellError("did not find key");
	if (withValue && !element.value) throw new ShellError("did not find value");
	return element;
}

function takeValue(tool: Tool, map: BpfMap, words: string[]): Uint8Array {
	const type = typeName(map);
	const reference = (id: number) => new Uint8Array(Uint32Array.of(id).buffer);
	if (MAPS_OF_MAPS.includes(type)) {
		if (words.length < 2) throw new ShellError("not enough value arguments for map in map");
		return reference(tool.takeMap(words).id);
	}
	if (type === "prog_array") {
		if (words.length < 2) throw new ShellError("not enough value arguments for map of progs");
		return reference(tool.takeProgram(words).loaded.id);
	}
	return allCpus(map, takeBytes(words, "value", map.spec.valueSize));
}

function update(tool: Tool, words: string[]): string {
	if (words.length < 2) throw new Usage(usage("map", commands));
	const map = tool.takeMap(words);
	const { key, value, flags = updateFlags.BPF_ANY } = takeElement(tool, map, words, true);
	const error = map.update(key ?? new Uint8Array(), value ?? new Uint8Array(), flags);
	if (error !== 0) throw new ShellError(`update failed: ${errorText(-error)}`);
	return tool.json ? "null\n" : "";
}

function lookup(tool: Tool, words: string[]): string {
	if (words.length < 2) throw new Usage(usage("map", commands));
	const map = tool.takeMap(words);
	const { key = new Uint8Array() } = takeElement(tool, map, words, false);
	const value = map.lookup(key);
	if (value === -ENOENT) return tool.json ? "null\n" : `key:\n${hexText(key)}\n\nNot found\n`;
	if (typeof value === "number") throw new ShellError(`lookup failed: ${errorText(-value)}`);
	const entry = { key, value };
	if (tool.json) return tool.print(entryJson(tool, map, entry));
	const typed = typedEntry(tool, map, entry, true);
	return typed === undefined ? entryText(map, entry) : `${toJson(typed, true)}\n`;
}

function getnext(tool: Tool, words: string[]): string {
	if (words.length < 2) throw new Usage(usage("map", commands));
	const map = tool.takeMap(words);
	const { key } = words.length ? takeElement(tool, map, words, false) : {};
	const next = map.nextKey(key);
	if (typeof next === "number") throw new ShellError(`can't get next key: ${errorText(-next)}`);
	if (tool.json) return tool.print({ key: key ? hexList(key) : null, next_key: hexList(next) });
	return `${key ? `key:\n${hexText(key)}\n` : "key: None\n"}next key:\n${hexText(next)}\n`;
}

function remove(tool: Tool, words: string[]): string {
	if (words.length < 2) throw new Usage(usage("map", commands));
	const map = tool.takeMap(words);
	const { key = new Uint8Array() } = takeElement(tool, map, words, false);
	const error = map.delete(key);
	if (error !== 0) throw new ShellError(`delete failed: ${errorText(-error)}`);
	return tool.json ? "null\n" : "";
}

function pop(tool: Tool, words: string[]): string {
	if (words.length < 2) throw new Usage(usage("map", commands));
	const map = tool.takeMap(words);
	const keySize = map.spec.keySize;
	const value = map.lookupAndDelete(new Uint8Array(keySize));
	if (value === -ENOENT) {
		if (tool.json) return "null\n";
		throw new ShellError("empty map");
	}
	if (typeof value === "number") throw new ShellError(`pop failed: ${errorText(-value)}`);
	const entry = { key: new Uint8Array(), value };
	return tool.json ? tool.print(entryJson(tool, map, entry)) : entryText(map, entry);
}

function freeze(tool: Tool, words: string[]): string {
	if (words.length !== 2) throw new Usage(usage("map", commands));
	const error = tool.takeMap(words).freeze();
	if (error !== 0) throw new ShellError(`failed to freeze map: ${errorText(-error)}`);
	return tool.json ? "null\n" : "";
}
