// Special fields of map values by BTF: locks, timers, kernel pointers, list heads (btf_parse_fields of the kernel).

import type { Btf } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import type { SpecialField } from "./maps.ts";

/** Structs that are special wherever they occur, with their sizes. */
const structs: Readonly<Record<string, number>> = {
	bpf_spin_lock: 4,
	bpf_res_spin_lock: 8,
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
const DEPTH = 4;

/** The special fields of a value of type `id`, by offset. */
export function specialFields(btf: Btf, id: number): readonly SpecialField[] {
	const out: SpecialField[] = [];
	collect(btf, id, 0, 0, out);
	return out.sort((a, b) => a.offset - b.offset);
}

function collect(btf: Btf, id: number, base: number, depth: number, out: SpecialField[]): void {
	const type = resolveType(btf, id)?.type;
	if (!type || depth > DEPTH) return;
	if (type.kind === "struct") {
		const size = structs[type.name];
		if (size !== undefined && depth > 0) {
			out.push({ kind: type.name, offset: base, size });
			return;
		}
		for (const member of type.members)
			collect(btf, member.type, base + (member.bitOffset >> 3), depth + 1, out);
	} else if (type.kind === "datasec") {
		for (const variable of type.vars) collect(btf, variable.type, base + variable.offset, 1, out);
	} else if (type.kind === "array") {
		const size = sizeOf(btf, type.type) ?? 0;
		for (let i = 0; i < Math.min(type.length, 64) && size > 0; i++)
			collect(btf, type.type, base + i * size, depth, out);
	} else if (type.kind === "ptr") {
		const tag = btf.types[type.type];
		if (tag?.kind !== "type_tag" || !pointerTags.has(tag.name)) return;
		out.push({ kind: tag.name === "uptr" ? "uptr" : "kptr", offset: base, size: 8 });
	}
}
