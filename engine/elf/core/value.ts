// The number that a CO-RE relocation asks for, computed from one resolved access.

import { type BtfType, resolveType, sizeOf } from "../../btf/index.ts";
import { type Access, isEnumValue, isField, relocationKind as K } from "./spec.ts";

export interface Value {
	readonly value: bigint;
	/** The instruction must hold the local value before it is changed. */
	readonly validate: boolean;
	/** Of a byte offset: size and type of the field, to mend the size of the access. */
	readonly size?: number;
	readonly type?: BtfType;
}

/** Without an access (nothing matched): 0 for existence and for what concerns a whole type, otherwise undefined (poison). A text is
 *  a fault. */
export function valueFor(kind: number, access: Access | undefined): Value | undefined | string {
	if (
		kind === K.FIELD_EXISTS ||
		kind === K.TYPE_EXISTS ||
		kind === K.TYPE_MATCHES ||
		kind === K.ENUMVAL_EXISTS
	)
		return { value: access ? 1n : 0n, validate: true };
	if (!access)
		return isField(kind) || isEnumValue(kind) ? undefined : { value: 0n, validate: false };
	if (isField(kind)) return fieldValue(kind, access);
	if (isEnumValue(kind)) return enumValue(access);
	if (kind === K.TYPE_ID_TARGET || kind === K.TYPE_ID_LOCAL)
		return { value: BigInt(access.root), validate: false };
	if (kind === K.TYPE_SIZE) {
		const size = sizeOf(access.btf, access.root);
		return size === undefined ? "the type has no size" : { value: BigInt(size), validate: true };
	}
	return `unknown relocation kind ${kind}`;
}

function enumValue(access: Access): Value | string {
	const step = access.steps[0];
	const type = resolveType(access.btf, access.root)?.type;
	if (!step || (type?.kind !== "enum" && type?.kind !== "enum64")) return "not an enumerator";
	const value = type.values[step.index]?.value ?? 0n;
	//   libbpf reads the 32-bit values of BTF_KIND_ENUM as signed ones
	return { value: type.kind === "enum" ? BigInt.asIntN(32, value) : value, validate: true };
}

function fieldValue(kind: number, access: Access): Value | string {
	const last = access.steps[access.steps.length - 1];
	if (!last) return "empty access";
	if (last.name === undefined) return elementValue(kind, access, last.type);
	const owner = access.btf.types[last.type];
	if (owner?.kind !== "struct" && owner?.kind !== "union") return "not a member";
	const member = owner.members[last.index];
	const field = member && resolveType(access.btf, member.type);
	if (!member || !field) return "the member has no type";
	const place = placeOf(access, member.type, member.bitSize);
	if (typeof place === "string") return place;
	return memberValue(kind, place, access.bitOffset, field.type);
}

interface Place {
	readonly byteOffset: number;
	readonly byteSize: number;
	readonly bitSize: number;
	readonly bitField: boolean;
}

/** Where to load a member: itself, or for a bit-field the smallest aligned unit that holds it whole. */
function placeOf(access: Access, type: number, bitSize: number): Place | string {
	let byteSize = sizeOf(access.btf, type);
	if (byteSize === undefined) return "the member has no size";
	if (bitSize === 0)
		return {
			byteOffset: Math.floor(access.bitOffset / 8),
			byteSize,
			bitSize: byteSize * 8,
			bitField: false,
		};
	if (byteSize < 1 || byteSize > 8) return "the bit-field is not in an integer";
	const unit = () => Math.floor(access.bitOffset / 8 / (byteSize ?? 1)) * (byteSize ?? 1);
	while (access.bitOffset + bitSize - unit() * 8 > byteSize * 8) {
		if (byteSize >= 8) return "the bit-field does not fit in 64 bits";
		byteSize *= 2;
	}
	return { byteOffset: unit(), byteSize, bitSize, bitField: true };
}

function memberValue(kind: number, place: Place, bitOffset: number, type: BtfType): Value | string {
	const validate = !place.bitField;
	switch (kind) {
		case K.FIELD_BYTE_OFFSET:
			return {
				value: BigInt(place.byteOffset),
				validate,
				...(place.bitField ? {} : { size: place.byteSize, type }),
			};
		case K.FIELD_BYTE_SIZE:
			return { value: BigInt(place.byteSize), validate };
		case K.FIELD_SIGNED:
			return { value: "signed" in type && type.signed ? 1n : 0n, validate: true };
		case K.FIELD_LSHIFT_U64:
			return {
				value: BigInt(64 - (bitOffset + place.bitSize - place.byteOffset * 8)),
				validate,
			};
		case K.FIELD_RSHIFT_U64:
			return { value: BigInt(64 - place.bitSize), validate: true };
		default:
			return `unknown relocation kind ${kind}`;
	}
}

function elementValue(kind: number, access: Access, type: number): Value | string {
	const size = sizeOf(access.btf, type);
	const resolved = resolveType(access.btf, type)?.type;
	if (size === undefined || !resolved) return "the element has no size";
	if (kind === K.FIELD_BYTE_OFFSET)
		return {
			value: BigInt(Math.floor(access.bitOffset / 8)),
			validate: true,
			size,
			type: resolved,
		};
	if (kind === K.FIELD_BYTE_SIZE) return { value: BigInt(size), validate: true };
	return "this relocation needs a member";
}
