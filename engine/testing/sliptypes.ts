// Slips in a program's own types: linkage and prototypes of functions, tags of arguments and members, sizes and places of members.
// For tests only.

import { assert, type Random } from "../base/index.ts";
import { type BtfType, decodeBtf, type EncodableType, encodeBtf } from "../btf/index.ts";
import type { LoadRequest } from "../object/index.ts";

const argTags = [
	"arg:ctx",
	"arg:nonnull",
	"arg:nullable",
	"arg:trusted",
	"arg:untrusted",
	"arg:arena",
	"arg:nothing",
	"kfunc",
];
const typeTags = [
	"kptr",
	"kptr_untrusted",
	"percpu_kptr",
	"uptr",
	"user",
	"percpu",
	"rcu",
	"address_space(1)",
];

function pick<T>(random: Random, of: readonly T[]): T {
	return of[random.below(of.length)] as T;
}

type Of<K extends BtfType["kind"]> = Extract<BtfType, { kind: K }>;
type Composite = Extract<BtfType, { members: unknown }>;

/** Places of the types of a kind, in a list that begins with id 1. */
function placesOf<K extends BtfType["kind"]>(types: readonly BtfType[], ...kinds: K[]): number[] {
	const wanted = new Set<string>(kinds);
	return types.flatMap((type, i) => (wanted.has(type.kind) ? [i] : []));
}

/** The request with one slip in its BTF; undefined when it has none that can be read. */
export function typeSlip(request: LoadRequest, random: Random): LoadRequest | undefined {
	if (!request.btf) return undefined;
	const decoded = decodeBtf(request.btf).value;
	if (!decoded) return undefined;
	const types = decoded.types.slice(1) as EncodableType[];
	const changes = [
		linkage,
		parameter,
		parameter,
		result,
		argTag,
		argTag,
		argTag,
		member,
		typeTag,
		tag,
	];
	for (let tries = 0; tries < 4; tries++) {
		const next = pick(random, changes)(types.slice(), request, random);
		if (next) return { ...request, btf: encodeBtf(next) };
	}
	return undefined;
}

type Change = (
	types: EncodableType[],
	request: LoadRequest,
	random: Random,
) => EncodableType[] | undefined;

/** The place of one of the program's functions. */
function someFunction(
	types: readonly BtfType[],
	request: LoadRequest,
	random: Random,
): number | undefined {
	const own = request.functions.map((f) => f.typeId - 1).filter((i) => types[i]?.kind === "func");
	return own.length ? pick(random, own) : undefined;
}

const linkage: Change = (types, request, random) => {
	const at = someFunction(types, request, random);
	if (at === undefined) return undefined;
	const func = types[at] as Of<"func">;
	const roll = random.below(8);
	types[at] = {
		...func,
		linkage: roll === 0 ? "extern" : func.linkage === "static" ? "global" : "static",
	};
	return types;
};

/** A type that an argument may be given: of any kind, pointers mostly. */
function someType(types: readonly BtfType[], random: Random): number {
	const pointers = placesOf(types, "ptr");
	if (random.below(3) && pointers.length) return pick(random, pointers) + 1;
	return random.below(types.length + 1);
}

/** The function gets a prototype of its own, with a change. */
function withProto(
	types: EncodableType[],
	at: number,
	change: (proto: Of<"func_proto">) => Of<"func_proto">,
): EncodableType[] {
	const func = types[at] as Of<"func">;
	const proto = types[func.type - 1];
	assert(proto?.kind === "func_proto", "a function has a prototype");
	types.push(change(proto));
	types[at] = { ...func, type: types.length };
	return types;
}

const parameter: Change = (types, request, random) => {
	const at = someFunction(types, request, random);
	if (at === undefined) return undefined;
	const type = someType(types, random);
	return withProto(types, at, (proto) => {
		const params = proto.params.slice();
		if (params.length === 0 || random.below(6) === 0) params.push({ name: "more", type });
		else {
			const which = random.below(params.length);
			if (random.below(6) === 0) params.splice(which, 1);
			else params[which] = { name: params[which]?.name ?? "", type };
		}
		return { ...proto, params };
	});
};

const result: Change = (types, request, random) => {
	const at = someFunction(types, request, random);
	if (at === undefined) return undefined;
	const returns = random.below(4) ? someType(types, random) : 0;
	return withProto(types, at, (proto) => ({ ...proto, returns }));
};

const argTag: Change = (types, request, random) => {
	const at = someFunction(types, request, random);
	if (at === undefined) return undefined;
	const func = types[at] as Of<"func">;
	const proto = types[func.type - 1];
	const count = proto?.kind === "func_proto" ? proto.params.length : 0;
	if (count === 0) return undefined;
	types.push({
		kind: "decl_tag",
		name: pick(random, argTags),
		type: at + 1,
		component: random.below(count),
		attribute: false,
	});
	// Tags are heeded for global functions alone.
	if (random.below(2)) types[at] = { ...func, linkage: "global" };
	return types;
};

/** A member of a struct elsewhere, of another type or name. */
const member: Change = (types, _request, random) => {
	const structs = placesOf(types, "struct").filter(
		(i) => (types[i] as Composite).members.length > 0,
	);
	if (structs.length === 0) return undefined;
	const at = pick(random, structs);
	const struct = types[at] as Composite;
	const members = struct.members.slice();
	const which = random.below(members.length);
	const one = members[which];
	if (!one) return undefined;
	const roll = random.below(5);
	if (roll === 0) members[which] = { ...one, bitOffset: one.bitOffset + pick(random, [8, 32, 64]) };
	else if (roll === 1) members[which] = { ...one, type: someType(types, random) };
	else if (roll === 2) members.splice(which, 1);
	else if (roll === 3) members[which] = { ...one, type: pick(random, structs) + 1 };
	else members.push({ ...one, name: `${one.name}_2`, bitOffset: 8 * struct.size });
	const grown = roll === 4 ? struct.size + 16 : struct.size;
	types[at] = { ...struct, size: grown, members };
	return types;
};

const typeTag: Change = (types, _request, random) => {
	const tags = placesOf(types, "type_tag");
	if (tags.length && random.below(3)) {
		const at = pick(random, tags);
		types[at] = { ...(types[at] as Of<"type_tag">), name: pick(random, typeTags) };
		return types;
	}
	const pointers = placesOf(types, "ptr");
	if (pointers.length === 0) return undefined;
	const at = pick(random, pointers);
	const pointer = types[at] as Of<"ptr">;
	types.push({
		kind: "type_tag",
		name: pick(random, typeTags),
		type: pointer.type,
		attribute: false,
	});
	types[at] = { ...pointer, type: types.length };
	return types;
};

const tag: Change = (types, _request, random) => {
	const tags = placesOf(types, "decl_tag");
	if (tags.length === 0) return undefined;
	const at = pick(random, tags);
	const one = types[at] as Of<"decl_tag">;
	const roll = random.below(4);
	const [before = "", ...rest] = one.name.split(":");
	if (roll === 0) types[at] = { ...one, name: `${before}:${rest.slice(0, -1).join(":")}` };
	else if (roll === 1) types[at] = { ...one, name: (types[pick(random, tags)] as typeof one).name };
	else if (roll === 2) types[at] = { ...one, name: `${one.name}x` };
	else types[at] = { ...one, component: one.component + 1 };
	return types;
};
