// One element of a map as bpftool prints it: bytes in hexadecimal, one value a CPU, with BTF also by type.

import { mapType } from "../../abi/index.ts";
import { decodeBtf } from "../../btf/index.ts";
import type { BpfMap } from "../../maps/index.ts";
import { errorText, hexList, hexText } from "./bytes.ts";
import type { Value } from "./json.ts";
import type { Tool } from "./tool.ts";
import { typedValue } from "./typed.ts";

const ENOENT = 2;
const LINE = 24;
const WIDE = 16;

/** Bytes of the value, or a positive errno. */
export interface Entry {
	readonly key: Uint8Array;
	readonly value: Uint8Array | number;
}

export function isPerCpu(map: BpfMap): boolean {
	return mapType(map.spec.type)?.perCpu ?? false;
}

/** The values of all CPUs of a per-CPU value. */
function perCpu(map: BpfMap, value: Uint8Array): Uint8Array[] {
	const size = map.spec.valueSize;
	const stride = Math.ceil(size / 8) * 8;
	return Array.from({ length: Math.floor(value.length / stride) }, (_, cpu) =>
		value.subarray(cpu * stride, cpu * stride + size),
	);
}

/** Lines of text for one element. */
export function entryText(map: BpfMap, { key, value }: Entry): string {
	if (typeof value === "number") return failedText(key, value);
	if (isPerCpu(map)) {
		const gap = map.spec.valueSize > WIDE ? "\n" : " ";
		const values = perCpu(map, value).map(
			(v, cpu) => `value (CPU ${`${cpu}`.padStart(2, "0")}):${gap}${hexText(v)}\n`,
		);
		return `key:\n${hexText(key)}\n${values.join("")}`;
	}
	const wide = key.length > WIDE || value.length > WIDE;
	const gap = wide ? "\n" : " ";
	const oneLine = !wide && key.length + value.length <= LINE;
	const first = key.length ? `key:${gap}${hexText(key)}${oneLine ? "  " : "\n"}` : "";
	return `${first}value:${gap}${hexText(value)}\n`;
}

function failedText(key: Uint8Array, errno: number): string {
	const message = errno === ENOENT ? "<no entry>" : errorText(errno);
	const wide = key.length > WIDE || message.length > WIDE;
	const gap = wide ? "\n" : " ";
	const oneLine = !wide && key.length + message.length <= LINE;
	return `key:${gap}${hexText(key)}${oneLine ? "  " : "\n"}value:${gap}${message}\n`;
}

/** An element in JSON, with `formatted` when the map has BTF. */
export function entryJson(tool: Tool, map: BpfMap, entry: Entry): Value {
	const { key, value } = entry;
	if (typeof value === "number") return { key: hexList(key), value: { error: errorText(value) } };
	const formatted = typedEntry(tool, map, entry, false);
	if (!isPerCpu(map)) return { key: hexList(key), value: hexList(value), formatted };
	const values = perCpu(map, value).map((v, cpu) => ({ cpu, value: hexList(v) }));
	return { key: hexList(key), values, formatted };
}

/** An element by its BTF types; undefined when the map has none that fit. */
export function typedEntry(
	tool: Tool,
	map: BpfMap,
	{ key, value }: Entry,
	plain: boolean,
): Value | undefined {
	const { btfKeyTypeId = 0, btfValueTypeId = 0 } = map.spec;
	const bytes = tool.installation.object.btf;
	const btf = bytes && btfValueTypeId > 0 ? decodeBtf(bytes).value : undefined;
	if (!btf || typeof value === "number") return undefined;
	const shown = (v: Uint8Array) => typedValue(btf, btfValueTypeId, v, plain);
	const typedKey = btfKeyTypeId > 0 ? typedValue(btf, btfKeyTypeId, key, plain) : undefined;
	if (btfKeyTypeId > 0 && typedKey === undefined) return undefined;
	if (isPerCpu(map)) {
		const values = perCpu(map, value).map((v, cpu) => ({ cpu, value: shown(v) }));
		return values.some((v) => v.value === undefined) ? undefined : { key: typedKey, values };
	}
	const typed = shown(value);
	return typed === undefined ? undefined : { key: typedKey, value: typed };
}
