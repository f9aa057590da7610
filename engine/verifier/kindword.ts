// The kernel's words for kinds of types in messages (btf_type_str). Knows nothing of what they are said of.

import type { BtfType } from "../btf/index.ts";

const words: Readonly<Record<BtfType["kind"], string>> = {
	void: "UNKNOWN",
	int: "INT",
	ptr: "PTR",
	array: "ARRAY",
	struct: "STRUCT",
	union: "UNION",
	enum: "ENUM",
	fwd: "FWD",
	typedef: "TYPEDEF",
	volatile: "VOLATILE",
	const: "CONST",
	restrict: "RESTRICT",
	func: "FUNC",
	func_proto: "FUNC_PROTO",
	var: "VAR",
	datasec: "DATASEC",
	float: "FLOAT",
	decl_tag: "DECL_TAG",
	type_tag: "TYPE_TAG",
	enum64: "ENUM64",
};

/** The kind of a type, `UNKNOWN` for none. */
export function kindWord(type: BtfType | undefined): string {
	return words[type?.kind ?? "void"];
}
