// Types as C text, in clang's spelling. Knows nothing of expressions.

import { canonical } from "./query.ts";
import type { CType } from "./type.ts";

/** A type as it would declare `name` (abstract without one): `int *`, `char[4]`, `int (*f)(void)`. */
export function typeText(type: CType, name = ""): string {
	return declare(type, name, 0);
}

/** A type in quotes; when sugar hides what it is, with that: `'__u32' (aka 'unsigned int')`. */
export function quoteType(type: CType): string {
	const text = typeText(type);
	const plain = typeText(desugar(type, 0));
	return text === plain ? `'${text}'` : `'${text}' (aka '${plain}')`;
}

const limit = 64;

function declare(type: CType, inner: string, depth: number): string {
	if (depth > limit) return `...${inner}`;
	switch (type.kind) {
		case "pointer": {
			const to = type.to;
			const core = to.kind === "array" || to.kind === "function";
			return declare(to, core ? `(*${inner})` : `*${inner}`, depth + 1);
		}
		case "array":
			return declare(type.of, `${inner}[${type.length ?? ""}]`, depth + 1);
		case "function": {
			const params = type.params.map((p) => declare(p.type, "", depth + 1));
			if (type.variadic) params.push("...");
			const list = params.length === 0 && type.prototype ? "void" : params.join(", ");
			return declare(type.returns, `${inner}(${list})`, depth + 1);
		}
		case "qualified": {
			const words = [
				type.atomic ? "_Atomic" : "",
				type.const ? "const" : "",
				type.volatile ? "volatile" : "",
				type.restrict ? "restrict" : "",
			].filter((w) => w !== "");
			if (type.type.kind === "pointer") {
				const gap = inner === "" || inner.startsWith("[") || inner.startsWith(")") ? "" : " ";
				return declare(type.type, `${words.join(" ")}${gap}${inner}`, depth + 1);
			}
			return `${words.join(" ")} ${declare(type.type, inner, depth + 1)}`;
		}
		case "tagged":
			return declare(type.type, inner, depth + 1);
		case "space":
			return `__attribute__((address_space(${type.space}))) ${declare(type.type, inner, depth + 1)}`;
		default: {
			const base = baseText(type);
			return inner === "" ? base : inner.startsWith("[") ? base + inner : `${base} ${inner}`;
		}
	}
}

function baseText(type: CType): string {
	switch (type.kind) {
		case "void":
			return "void";
		case "bool":
			return "_Bool";
		case "int":
		case "float":
			return type.name;
		case "enum":
			return `enum ${type.tag.name || "(unnamed)"}`;
		case "record":
			return `${type.tag.union ? "union" : "struct"} ${type.tag.name || "(unnamed)"}`;
		case "typedef":
			return type.typedef.name;
		default:
			return "";
	}
}

/** The same type without typedef names anywhere in it. */
function desugar(type: CType, depth: number): CType {
	if (depth > limit) return type;
	switch (type.kind) {
		case "typedef": {
			const to = type.typedef.type;
			const core = canonical(to);
			if ((core.kind === "record" || core.kind === "enum") && core.tag.name === "" && to === core)
				return type;
			return desugar(to, depth + 1);
		}
		case "tagged":
			return desugar(type.type, depth + 1);
		case "qualified":
		case "space": {
			const inner = desugar(type.type, depth + 1);
			return inner === type.type ? type : { ...type, type: inner };
		}
		case "pointer": {
			const to = desugar(type.to, depth + 1);
			return to === type.to ? type : { kind: "pointer", to };
		}
		case "array": {
			const of = desugar(type.of, depth + 1);
			return of === type.of ? type : { ...type, of };
		}
		case "function":
			return {
				...type,
				returns: desugar(type.returns, depth + 1),
				params: type.params.map((p) => ({ name: p.name, type: desugar(p.type, depth + 1) })),
			};
		default:
			return type;
	}
}
