// The CO-RE builtins: what a field, type or enumerator is like on the machine that loads the program.

import type { Node } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import { addressOf } from "./address.ts";
import { evaluate } from "./constant.ts";
import type { Context } from "./context.ts";
import { fieldInfo } from "./fieldinfo.ts";
import { enumOf, sizeOf, valueClass } from "./types.ts";

type Builtin = Extract<Expression, { kind: "builtin" }>;

const TYPE_ID_LOCAL = 6;
const TYPE_EXISTS = 8;
const ENUM_EXISTS = 10;

/** `__builtin_preserve_access_index(e)`: accesses in `e` are relocated. */
export function preserveAccess(c: Context, e: Builtin): Node {
	const [inner] = e.args;
	c.preserving++;
	const value = inner ? c.scalar(inner) : c.b.null();
	c.preserving--;
	return value;
}

function flag(c: Context, e: Builtin): number {
	const second = e.args[1];
	const value = second ? evaluate(c.symbols, second) : undefined;
	if (!value)
		c.symbols.error("cc/not-constant", `argument to '${e.name}' must be a constant integer`, e.at);
	return Number(value?.value ?? 0n);
}

function bare(e: Expression | undefined): Expression | undefined {
	let at = e;
	while (at && (at.kind === "load" || at.kind === "decay" || (at.kind === "cast" && at.implicit)))
		at = at.operand;
	return at;
}

/** `__builtin_preserve_field_info(e, kind)` */
export function preserveField(c: Context, e: Builtin): Node {
	const kind = flag(c, e);
	const field = bare(e.args[0]);
	if (!field) return c.b.const(classOf(e), 0);
	c.preserving++;
	const address = addressOf(c, field);
	c.preserving--;
	const { chain, bits } = address;
	if (!chain?.member) {
		c.symbols.error("cc/field-info", `'${e.name}' needs the access of a field`, e.at);
		return c.b.const(classOf(e), 0);
	}
	const value = fieldInfo(kind, field.type, chain.offset, bits, chain.record?.align ?? 1);
	return record(c, classOf(e), kind, chain.root, chain.path.join(":"), BigInt(value));
}

function record(
	c: Context,
	type: "i32" | "i64",
	kind: number,
	root: CType,
	access: string,
	value: bigint,
): Node {
	if (!c.symbols.options.debug) return c.b.const(type, value);
	const wide =
		kind === TYPE_ID_LOCAL || kind === TYPE_ID_LOCAL + 1 || (kind >= ENUM_EXISTS && kind < 12);
	return c.b.core(type, c.symbols.coreRecord({ kind, root, access, value, wide }));
}

function classOf(e: Builtin): "i32" | "i64" {
	return valueClass(e.type) === "i32" ? "i32" : "i64";
}

function typeOf(e: Builtin): CType {
	return e.types[0] ?? bare(e.args[0])?.type ?? { kind: "void" };
}

/** `__builtin_btf_type_id(e, kind)`: 0 the local id, 1 the target's. */
export function typeId(c: Context, e: Builtin): Node {
	return record(c, classOf(e), TYPE_ID_LOCAL + flag(c, e), typeOf(e), "0", 0n);
}

/** `__builtin_preserve_type_info(e, kind)`: 0 exists, 1 size, 2 matches. */
export function preserveType(c: Context, e: Builtin): Node {
	const which = flag(c, e);
	const kind = which === 2 ? 12 : TYPE_EXISTS + which;
	const type = typeOf(e);
	return record(c, classOf(e), kind, type, "0", which === 1 ? BigInt(sizeOf(type)) : 1n);
}

/** `__builtin_preserve_enum_value(*(T *)enumerator, kind)`: 0 exists, 1 value. */
export function preserveEnum(c: Context, e: Builtin): Node {
	const which = flag(c, e);
	const type = typeOf(e);
	const name = enumerator(e.args[0]);
	const tag = enumOf(type);
	let at = tag?.values.findIndex((v) => v.name === name) ?? -1;
	if (at < 0) {
		const pointer = pointerIn(e.args[0]);
		const value = pointer && evaluate(c.symbols, pointer)?.value;
		at = tag?.values.findIndex((v) => BigInt.asUintN(64, v.value) === value) ?? -1;
	}
	const found = tag?.values[at];
	if (!found) {
		c.symbols.error("cc/enum-value", `'${e.name}' needs an enumerator of the type`, e.at);
		return c.b.const(classOf(e), 0);
	}
	return record(
		c,
		classOf(e),
		ENUM_EXISTS + which,
		type,
		String(at),
		which === 0 ? 1n : found.value,
	);
}

function pointerIn(e: Expression | undefined): Expression | undefined {
	const at = bare(e);
	return at?.kind === "dereference" ? at.operand : at;
}

/** The enumerator that an expression names, through casts. */
function enumerator(e: Expression | undefined): string | undefined {
	let at = e;
	while (at) {
		if (at.kind === "number") return at.enumerator;
		if (
			at.kind === "dereference" ||
			at.kind === "load" ||
			at.kind === "cast" ||
			at.kind === "decay" ||
			at.kind === "address"
		)
			at = at.operand;
		else return undefined;
	}
	return undefined;
}
