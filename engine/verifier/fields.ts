// Special fields of structs and of map values, found by where they lie, and what a list or tree holds
// (btf_parse_fields, btf_record_find of the kernel).

import type { Env } from "./env.ts";
import type { SpecialField } from "./maps.ts";
import { baseType, MEM_ALLOC, PTR_TO_BTF_ID, PTR_TO_MAP_VALUE, type Reg } from "./reg.ts";

const noFields: readonly SpecialField[] = [];

/** Special fields of what a register points to: a map value, or an object that the program allocated. */
export function fieldsOf(env: Env, reg: Reg): readonly SpecialField[] {
	if (baseType(reg.type) === PTR_TO_MAP_VALUE) return env.maps[reg.map]?.fields ?? noFields;
	if (baseType(reg.type) === PTR_TO_BTF_ID && (reg.type & MEM_ALLOC) !== 0 && reg.btf < 0)
		return localFields(env, -reg.btf);
	return noFields;
}

/** Special fields of struct `id` of the program's BTF. */
export function localFields(env: Env, id: number): readonly SpecialField[] {
	return env.structs?.get(id) ?? noFields;
}
