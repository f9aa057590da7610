// Special fields of map values by BTF: locks, timers, kernel pointers, list heads (btf_parse_fields of the kernel).

import type { Btf } from "../btf/index.ts";
import { findTypes, resolveType, sizeOf } from "../btf/index.ts";
import type { GraphRoot } from "./kernelnames.ts";
import type { SpecialField } from "./maps.ts";

/** Structs that are special wherever they occur, with their sizes. */
const structs: Readonly<Record<string, number>> = {
	bpf_spin_lock: 4,
	bpf_res_spin_lock: 4,
	bpf_timer: 16,
	bpf_wq: 16,
	bpf_task_work: 8,
	bpf_list_head: 16,
	bpf_list_node: 24,
	bpf_rb_root: 16,
	bpf_rb_node: 32,
	bpf_refcount: 4,
};

const pointerTags = new Set(["kptr_untrusted", "kptr", "percpu_kptr", "uptr"]);
const roots = new Set(["bpf_list_head", "bpf_rb_root"]);
const DEPTH = 4;

/** More special fields than this (BTF_FIELDS_MAX) and the kernel refuses the type: the map is then made without one. */
const MOST_FIELDS = 11;

/** The special fields of a value of type `id`, by offset; none when there are too many, or when a list or tree does not say what it holds. */
export function specialFields(btf: Btf, id: number): readonly SpecialField[] {
	const out: SpecialField[] = [];
	collect(btf, id, 0, 0, out);
	const lost = out.some((field) => roots.has(field.kind) && !graphRoot(btf, field));
	if (lost || out.length > MOST_FIELDS) return [];
	return out.sort((a, b) => a.offset - b.offset);
}

/** What a list head or tree root holds, by its `contains:STRUCT:FIELD` tag. */
export function graphRoot(btf: Btf, field: SpecialField): GraphRoot | undefined {
	const [, name = "", member = ""] = field.tag?.split(":") ?? [];
	const value = findTypes(btf, name, "struct")[0];
	const struct = value === undefined ? undefined : btf.types[value];
	if (value === undefined || struct?.kind !== "struct") return undefined;
	const node = struct.members.find((m) => m.name === member);
	if (!node) return undefined;
	return { kind: field.kind, value, nodeOffset: node.bitOffset >> 3 };
}

/** The `contains:` tag of member `component` of type `id`, or of variable `id` when it is -1. */
function containsTag(btf: Btf, id: number, component: number): string | undefined {
	for (const type of btf.types)
		if (
			type.kind === "decl_tag" &&
			type.type === id &&
			type.component === component &&
			type.name.startsWith("contains:")
		)
			return type.name;
	return undefined;
}

function collect(
	btf: Btf,
	id: number,
	base: number,
	depth: number,
	out: SpecialField[],
	contains?: () => string | undefined,
): void {
	const found = resolveType(btf, id);
	const type = found?.type;
	if (!type || depth > DEPTH || out.length > MOST_FIELDS) return;
	if (type.kind === "struct") {
		const size = structs[type.name];
		if (size !== undefined && depth > 0) {
			const tag = roots.has(type.name) ? contains?.() : undefined;
			out.push({ kind: type.name, offset: base, size, ...(tag === undefined ? {} : { tag }) });
			return;
		}
		for (const [i, member] of type.members.entries())
			collect(btf, member.type, base + (member.bitOffset >> 3), depth + 1, out, () =>
				containsTag(btf, found.id, i),
			);
	} else if (type.kind === "datasec") {
		for (const variable of type.vars)
			collect(btf, variable.type, base + variable.offset, 1, out, () =>
				containsTag(btf, variable.type, -1),
			);
	} else if (type.kind === "array") {
		const size = sizeOf(btf, type.type) ?? 0;
		for (let i = 0; i < Math.min(type.length, 64) && size > 0; i++)
			collect(btf, type.type, base + i * size, Math.max(depth, 1), out, contains);
	} else if (type.kind === "ptr") {
		const tag = btf.types[type.type];
		if (tag?.kind !== "type_tag" || !pointerTags.has(tag.name)) return;
		const target = resolveType(btf, tag.type)?.id ?? 0;
		const kind = tag.name === "uptr" ? "uptr" : "kptr";
		out.push({ kind, offset: base, size: 8, tag: tag.name, target });
	}
}
