// Finds, in the target's BTF, what a local access means: candidates by name, then member by member.

import { type Btf, type BtfType, resolveType, sizeOf } from "../../btf/index.ts";
import { fieldsCompatible, sameKind, typesCompatible, typesMatch } from "./compat.ts";
import {
	type Access,
	essentialName,
	isEnumValue,
	isField,
	isFlexible,
	nameOf,
	relocationKind,
	type Step,
} from "./spec.ts";

const DEPTH = 32;
/** Members that are looked at for one step of an access. */
const MOST_MEMBERS = 100_000;

/** Ids of the types by their essential name, made once for a target. */
export type NameIndex = ReadonlyMap<string, readonly number[]>;

export function indexNames(target: Btf): NameIndex {
	const index = new Map<string, number[]>();
	target.types.forEach((type, id) => {
		const name = nameOf(type);
		if (!name) return;
		const key = essentialName(name);
		const ids = index.get(key);
		if (ids) ids.push(id);
		else index.set(key, [id]);
	});
	return index;
}

/** Ids of the target's types that the local type may stand for. */
export function candidates(target: Btf, names: NameIndex, local: BtfType): number[] {
	const ids = names.get(essentialName(nameOf(local))) ?? [];
	return ids.filter((id) => sameKind(local, target.types[id] ?? { kind: "void" }));
}

/** The local access in terms of candidate `id`; undefined when it has no such thing. */
export function matchAccess(local: Access, target: Btf, id: number): Access | undefined {
	const start = { ...local, btf: target, root: id, bitOffset: 0 };
	if (isEnumValue(local.kind)) return matchEnumerator(local, start);
	if (isField(local.kind)) return matchField(local, start);
	const compatible =
		local.kind === relocationKind.TYPE_MATCHES
			? typesMatch(local.btf, local.root, target, id)
			: typesCompatible(local.btf, local.root, target, id);
	return compatible ? { ...start, steps: [] } : undefined;
}

function matchEnumerator(local: Access, start: Access): Access | undefined {
	const type = resolveType(start.btf, start.root)?.type;
	const wanted = essentialName(local.steps[0]?.name ?? "");
	if (type?.kind !== "enum" && type?.kind !== "enum64") return undefined;
	const index = type.values.findIndex((v) => essentialName(v.name) === wanted);
	const name = type.values[index]?.name;
	return name === undefined ? undefined : { ...start, steps: [{ type: start.root, index, name }] };
}

function matchField(local: Access, start: Access): Access | undefined {
	const steps: Step[] = [];
	let at = start.root;
	let bitOffset = 0;
	for (const [i, step] of local.steps.entries()) {
		if (step.name !== undefined) {
			const found = member(local.btf, step, start.btf, at, { left: MOST_MEMBERS });
			if (!found) return undefined;
			steps.push(found.step);
			bitOffset += found.bitOffset;
			at = found.type;
			continue;
		}
		if (i > 0) {
			const array = resolveType(start.btf, at)?.type;
			if (array?.kind !== "array") return undefined;
			if (step.index >= array.length && !isFlexible(start, steps, array)) return undefined;
			at = resolveType(start.btf, array.type)?.id ?? 0;
		}
		const size = sizeOf(start.btf, at);
		if (size === undefined) return undefined;
		steps.push({ type: at, index: step.index });
		bitOffset += step.index * size * 8;
	}
	return { ...start, steps, bitOffset };
}

interface Member {
	readonly step: Step;
	readonly type: number;
	readonly bitOffset: number;
}

/** The member of the same name and a compatible type, also inside anonymous structs and unions. */
function member(
	local: Btf,
	step: Step,
	target: Btf,
	id: number,
	budget: { left: number },
	depth = 0,
): Member | undefined {
	const found = resolveType(target, id);
	const owner = local.types[step.type];
	if (!found || depth > DEPTH || (owner?.kind !== "struct" && owner?.kind !== "union"))
		return undefined;
	const { type } = found;
	if (type.kind !== "struct" && type.kind !== "union") return undefined;
	for (const [index, m] of type.members.entries()) {
		if (budget.left-- <= 0) return undefined;
		if (m.name === "") {
			const inner = member(local, step, target, m.type, budget, depth + 1);
			if (inner) return { ...inner, bitOffset: inner.bitOffset + m.bitOffset };
		} else if (m.name === step.name) {
			const type = owner.members[step.index]?.type ?? 0;
			if (!fieldsCompatible(local, type, target, m.type)) return undefined;
			return {
				step: { type: found.id, index, name: m.name },
				type: m.type,
				bitOffset: m.bitOffset,
			};
		}
	}
	return undefined;
}
