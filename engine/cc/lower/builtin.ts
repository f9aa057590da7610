// `__builtin_*` and atomic builtins that were not folded → SSA.

import type { Node } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import { atomicBuiltin } from "./atomic.ts";
import { bitBuiltin } from "./bits.ts";
import { evaluate } from "./constant.ts";
import type { Context } from "./context.ts";
import { convert } from "./convert.ts";
import { preserveAccess, preserveEnum, preserveField, preserveType, typeId } from "./core.ts";
import { libraryCall } from "./library.ts";
import { overflowBuiltin } from "./overflow.ts";
import { sizeOf, valueClass } from "./types.ts";

type Builtin = Extract<Expression, { kind: "builtin" }>;

/** The value of a builtin; of a void one, anything. */
export function builtinScalar(c: Context, e: Builtin): Node {
	const value = builtin(c, e);
	if (value) return value;
	const held = valueClass(e.type);
	return c.b.undef(held === "i32" || held === "ptr" ? held : "i64");
}

function builtin(c: Context, e: Builtin): Node | undefined {
	const name = e.name.replace(/^__builtin_/, "");
	const [first] = e.args;
	switch (name) {
		case "preserve_access_index":
			return preserveAccess(c, e);
		case "preserve_field_info":
			return preserveField(c, e);
		case "preserve_type_info":
			return preserveType(c, e);
		case "preserve_enum_value":
			return preserveEnum(c, e);
		case "btf_type_id":
			return typeId(c, e);
		case "expect":
		case "expect_with_probability":
		case "assume_aligned":
		case "launder":
			for (const other of e.args.slice(1)) c.ops.effect(c, other);
			return first ? convert(c, c.scalar(first), first.type, e.type) : undefined;
		case "constant_p":
			return constantP(c, first);
		case "unreachable":
			c.at(e.at);
			c.b.unreachable();
			return undefined;
		case "trap":
		case "verbose_trap":
		case "debugtrap":
			return trap(c, e);
		case "assume":
		case "__clear_cache":
			return undefined;
		case "prefetch":
			if (first) c.ops.effect(c, first);
			return undefined;
		case "object_size":
		case "dynamic_object_size":
			return objectSize(c, e);
		case "offsetof":
			return undefined;
		default:
			return other(c, name, e);
	}
}

function other(c: Context, name: string, e: Builtin): Node | undefined {
	const bits = bitBuiltin(c, name, e);
	if (bits) return bits;
	const overflow = overflowBuiltin(c, name, e);
	if (overflow) return overflow;
	const atomic = atomicBuiltin(c, e);
	if (atomic) return atomic.value;
	const library = libraryCall(c, name, e);
	if (library) return library.value;
	c.unsupported(e.name, e.at);
	return undefined;
}

function constantP(c: Context, e: Expression | undefined): Node {
	const held = e ? valueClass(e.type) : "none";
	if (!e || held === "none" || held === "memory" || held === "wide") return c.b.i32(0);
	if (e.kind === "number") return c.b.i32(1);
	return c.b.isconst(c.scalar(e));
}

/** clang calls the kfunc `__bpf_trap`, which ends the program where the kernel has it. */
function trap(c: Context, e: Builtin): undefined {
	c.at(e.at);
	c.symbols.trap();
	c.b.callFunction("__bpf_trap", []);
	c.b.unreachable();
	return undefined;
}

function objectSize(c: Context, e: Builtin): Node {
	const kind = e.args[1] ? (evaluate(c.symbols, e.args[1])?.value ?? 0n) : 0n;
	let object = e.args[0];
	while (object?.kind === "cast") object = object.operand;
	const known = object?.kind === "address" || object?.kind === "decay" ? object.operand : undefined;
	if (known?.kind === "variable") return c.b.i64(sizeOf(known.variable.type));
	return c.b.i64(kind >= 2n ? 0 : -1);
}
