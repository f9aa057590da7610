// Types of a kernel by name, with their ids: for attach_btf_id, kfunc calls and kernel symbols.

import type { Btf, BtfType } from "../../btf/index.ts";
import { type Answer, done, failed } from "./answer.ts";
import type { Fields } from "./fields.ts";
import { RequestFault } from "./json.ts";

const KINDS: readonly BtfType["kind"][] = [
	"void",
	"int",
	"ptr",
	"array",
	"struct",
	"union",
	"enum",
	"fwd",
	"typedef",
	"volatile",
	"const",
	"restrict",
	"func",
	"func_proto",
	"var",
	"datasec",
	"float",
	"decl_tag",
	"type_tag",
	"enum64",
];
const LINKAGE = ["static", "global", "extern"];

/** `kernel` is the BTF of the kernel that programs are judged against; without it nothing is claimed. */
export function findBtf(kernel: Btf | undefined, request: Fields): Answer {
	const fields = request.only(["op", "id", "name", "kind"]);
	const name = fields.text("name");
	const kind = fields.has("kind") ? kindOf(fields) : undefined;
	if (!kernel) return failed(0, "btf", { unsupported: "the BTF of the kernel (give --vmlinux)" });
	const types = kernel.types.flatMap((type, id) => {
		if (!("name" in type) || type.name !== name || (kind && type.kind !== kind)) return [];
		return [{ id, kind: type.kind, size_or_type: sizeOrType(type), vlen: length(type) }];
	});
	return { ...done, types };
}

function kindOf(fields: Fields): BtfType["kind"] | undefined {
	const given = fields.get("kind");
	const number =
		typeof given === "string" && !/^\d/.test(given) ? undefined : fields.number("kind", 0);
	const kind = number === undefined ? KINDS.find((k) => k === given) : KINDS[number];
	if (number === undefined && !kind)
		throw new RequestFault(`"kind": "${String(given)}" is not known`);
	return kind === "void" ? undefined : kind;
}

/** The third word of a type: its size, or the type that it refers to. */
function sizeOrType(type: BtfType): number {
	if ("size" in type) return type.size;
	if (type.kind === "func_proto") return type.returns;
	return "type" in type && type.kind !== "array" ? type.type : 0;
}

function length(type: BtfType): number {
	switch (type.kind) {
		case "struct":
		case "union":
			return type.members.length;
		case "enum":
		case "enum64":
			return type.values.length;
		case "datasec":
			return type.vars.length;
		case "func_proto":
			return type.params.length;
		case "func":
			return LINKAGE.indexOf(type.linkage);
		default:
			return 0;
	}
}
