// Types of a kernel by name, with their ids: for attach_btf_id, kfunc calls and kernel symbols.

import { type Btf, type BtfType, headOf } from "../../btf/index.ts";
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

/** `kernel` is the BTF of the kernel that programs are judged against; without it nothing is claimed. */
export function findBtf(kernel: Btf | undefined, request: Fields): Answer {
	const fields = request.only(["op", "id", "name", "kind"]);
	const name = fields.text("name");
	const kind = fields.has("kind") ? kindOf(fields) : undefined;
	if (!kernel) return failed(0, "btf", { unsupported: "the BTF of the kernel (give --vmlinux)" });
	const types = kernel.types.flatMap((type, id) => {
		if (!("name" in type) || type.name !== name || (kind && type.kind !== kind)) return [];
		const { sizeOrType, vlen } = headOf(type);
		return [{ id, kind: type.kind, size_or_type: sizeOrType, vlen }];
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
