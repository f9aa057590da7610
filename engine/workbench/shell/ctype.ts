// BTF types in C's words: prototypes of functions as bpftool writes them above their instructions.

import type { Btf } from "../../btf/index.ts";

const DEPTH = 16;

/** `int xdp_prog(struct xdp_md * ctx)` for a type of kind func. */
export function prototypeText(btf: Btf, id: number): string {
	const func = btf.types[id];
	if (func?.kind !== "func") return "";
	const proto = btf.types[func.type];
	if (proto?.kind !== "func_proto") return func.name;
	const parameters = proto.params.map((p) =>
		p.type === 0 && p.name === "" ? "..." : `${typeText(btf, p.type)} ${p.name}`.trimEnd(),
	);
	return `${typeText(btf, proto.returns)} ${func.name}(${parameters.join(", ")})`;
}

export function typeText(btf: Btf, id: number, depth = 0): string {
	const type = btf.types[id];
	if (!type || depth > DEPTH) return "?";
	const inner = (of: number) => typeText(btf, of, depth + 1);
	switch (type.kind) {
		case "void":
			return "void";
		case "int":
		case "typedef":
		case "float":
			return type.name;
		case "struct":
		case "union":
		case "enum":
			return `${type.kind} ${type.name}`;
		case "enum64":
			return `enum ${type.name}`;
		case "fwd":
			return `${type.union ? "union" : "struct"} ${type.name}`;
		case "ptr":
			return `${inner(type.type)} *`;
		case "array":
			return `${inner(type.type)} [${type.length}]`;
		case "const":
		case "volatile":
		case "restrict":
			return `${type.kind} ${inner(type.type)}`;
		case "type_tag":
			return inner(type.type);
		default:
			return type.kind;
	}
}
