// `__builtin_*`, `__sync_*`, `__atomic_*` and `__c11_atomic_*` calls: checked like clang does, folded where their operands are
// numbers. Those that take types or do not evaluate are read by the parser, which calls in here.

import {
	boolType,
	type CType,
	canonical,
	constantOf,
	type Expression,
	foldedOf,
	intType,
	isComplete,
	isInteger,
	isPointer,
	numberOf,
	pointeeOf,
	quoteType,
	sizeOf,
	underlying,
	unqualified,
	unsignedLongType,
	unsignedType,
	voidType,
	wrap,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { assignTo } from "./assign.ts";
import { composed, composedArity } from "./composed.ts";
import { bad, type Context, isBad } from "./context.ts";
import { convert, promote, rvalue } from "./convert.ts";
import { floating, left } from "./refused.ts";
import { signatureOf } from "./signatures.ts";
import { checkSizes } from "./sizes.ts";

/** A call as written. */
export interface Call {
	readonly name: string;
	readonly args: readonly Expression[];
	readonly at: Location;
	readonly end: Location;
}

const noTypes: readonly CType[] = [];

/** Whether a name is one of clang's builtins as this compiler knows them. */
export function isBuiltin(name: string): boolean {
	if (name.startsWith("__builtin_")) {
		const short = name.slice(10);
		return (
			signatureOf(short) !== undefined ||
			Object.hasOwn(special, short) ||
			composedArity(short) !== undefined ||
			overflow.test(short)
		);
	}
	return sync.test(name) || atomic.test(name) || c11.test(name);
}

/** Those that are known and have no code: the answer of `__has_builtin` is no. */
const without =
	/^__builtin_(?:alloca|bcopy|extract_return_addr|memchr|return_address|readcyclecounter|printf|puts|s?n?printf|st(?!rlen|rcmp|rncmp)\w+)$|^__(?:sync|atomic|c11_atomic)_\w*(?:nand|min|max|umin|umax)|^__atomic_test_and_set$|thread_fence$|^__sync_synchronize$/;
const withSyntax = /^__builtin_(?:offsetof|types_compatible_p|choose_expr)$/;

/** Whether a call of a builtin is compiled. */
export function isImplemented(name: string): boolean {
	return withSyntax.test(name) || (isBuiltin(name) && !without.test(name));
}

/** Checks a call of a builtin that takes expressions alone. */
export function builtinCall(ctx: Context, call: Call): Expression {
	if (call.args.some(isBad)) return bad(call.at, call.end);
	const short = call.name.slice(10);
	if (call.name.startsWith("__builtin_")) {
		const own = special[short];
		if (own) return own(ctx, call);
		if (overflow.test(short)) return overflowCall(ctx, call);
		const count = composedArity(short);
		if (count !== undefined)
			return arity(ctx, call, count) ? composed(ctx, short, call) : bad(call.at, call.end);
		const type = signatureOf(short);
		if (type) return plain(ctx, call, short);
	}
	if (sync.test(call.name)) return syncCall(ctx, call);
	if (atomic.test(call.name)) return atomicCall(ctx, call, "__atomic_");
	if (c11.test(call.name)) return atomicCall(ctx, call, "__c11_atomic_");
	if (refusal(ctx, call, short)) return bad(call.at, call.end);
	ctx.reports.error("unknown-builtin", call.at, `use of unknown builtin '${call.name}'`);
	return bad(call.at, call.end);
}

/** Reports what clang has and eBPF C, or this compiler, has not. */
function refusal(ctx: Context, call: Call, short: string): boolean {
	const { reports } = ctx;
	if (floating.test(short))
		reports.unsupported("float", call.at, "floating point is not part of eBPF C");
	else if (/^(ms_)?va_|^stdarg_start$/.test(short))
		reports.unsupported("va-arg", call.at, "variable arguments are not part of eBPF C");
	else if (left.test(short) || /^__(sync|atomic|c11)_/.test(call.name))
		reports.unsupported("builtin", call.at, `'${call.name}' is not supported by Skep`);
	else return false;
	return true;
}

function node(call: Call, type: CType, args: readonly Expression[], types = noTypes): Expression {
	return { kind: "builtin", name: call.name, type, args, types, at: call.at, end: call.end };
}

function num(call: Call, type: CType, value: bigint): Expression {
	return { kind: "number", type, value: wrap(value, type), at: call.at, end: call.end };
}

/** Reports a wrong number of arguments. */
function arity(ctx: Context, call: Call, low: number, high = low): boolean {
	const have = call.args.length;
	if (have >= low && have <= high) return true;
	const few = have < low;
	const text = `too ${few ? "few" : "many"} arguments to function call, expected ${few ? low : high}, have ${have}`;
	ctx.reports.error(
		few ? "too-few-arguments" : "too-many-arguments",
		few ? call.end : (call.args[high]?.at ?? call.end),
		text,
	);
	return false;
}

function plain(ctx: Context, call: Call, short: string): Expression {
	const type = signatureOf(short);
	if (!type) return bad(call.at, call.end);
	if (!arity(ctx, call, type.params.length, type.variadic ? 1000 : undefined))
		return bad(call.at, call.end);
	if (short === "alloca") {
		ctx.reports.unsupported("alloca", call.at, "dynamic stack allocation is not part of eBPF C");
		return bad(call.at, call.end);
	}
	const args = call.args.map((arg, i) => {
		const param = type.params[i];
		return param ? assignTo(ctx, arg, param.type, { kind: "passing" }) : promote(rvalue(arg));
	});
	if (args.some(isBad)) return bad(call.at, call.end);
	checkSizes(ctx, call.name, call.args);
	const folded = fold(call, short, args, type.returns);
	return folded ?? node(call, type.returns, args);
}

function fold(
	call: Call,
	short: string,
	args: readonly Expression[],
	returns: CType,
): Expression | undefined {
	const first = args[0];
	if (!first) return undefined;
	if (short === "strlen") {
		const text = constantString(first);
		return text === undefined ? undefined : num(call, returns, BigInt(text));
	}
	if (first.kind !== "number") return undefined;
	const width = sizeOf(first.type) * 8;
	const bits = BigInt.asUintN(width, first.value);
	const second = args[1]?.kind === "number" ? args[1].value : 0n;
	if (short === "expect" && args[1]?.kind === "number") return num(call, returns, first.value);
	const value = foldBits(short, bits, first.value, width, second);
	return value === undefined ? undefined : num(call, returns, value);
}

/** Characters before the NUL of a string literal that a pointer leads into. */
function constantString(e: Expression): number | undefined {
	const place = constantOf(e);
	const base = place?.base;
	if (!place || !base || !("kind" in base) || base.kind !== "string") return undefined;
	const start = Number(place.offset);
	const end = base.bytes.indexOf(0, start);
	return start >= 0 && end >= start ? end - start : undefined;
}

const bitOperation =
	/^(?:bswap|ffs|clz|ctz|popcount|parity|clrsb|l{0,2}abs|bitreverse|rotateleft|rotateright)/;

function foldBits(
	short: string,
	bits: bigint,
	signed: bigint,
	width: number,
	by: bigint,
): bigint | undefined {
	const w = BigInt(width);
	switch (bitOperation.exec(short)?.[0]) {
		case "bswap":
			return swap(bits, width);
		case "ffs":
			return bits === 0n ? 0n : BigInt(trailing(bits)) + 1n;
		case "clz":
			return bits === 0n ? undefined : BigInt(width - bits.toString(2).length);
		case "ctz":
			return bits === 0n ? undefined : BigInt(trailing(bits));
		case "popcount":
			return BigInt(ones(bits));
		case "parity":
			return BigInt(ones(bits) & 1);
		case "clrsb":
			return BigInt(
				width -
					1 -
					(signed < 0n ? ~signed : signed).toString(2).length +
					(signed === 0n || signed === -1n ? 1 : 0),
			);
		case "abs":
		case "labs":
		case "llabs":
			return signed < 0n ? -signed : signed;
		case "bitreverse":
			return BigInt(`0b${[...bits.toString(2).padStart(width, "0")].reverse().join("")}`);
		case "rotateleft":
			return (bits << (by % w)) | (bits >> (w - (by % w)));
		case "rotateright":
			return (bits >> (by % w)) | (bits << (w - (by % w)));
		default:
			return undefined;
	}
}

function swap(bits: bigint, width: number): bigint {
	let out = 0n;
	for (let at = 0; at < width; at += 8) out = (out << 8n) | ((bits >> BigInt(at)) & 255n);
	return out;
}

function trailing(bits: bigint): number {
	const text = bits.toString(2);
	return text.length - 1 - text.lastIndexOf("1");
}

function ones(bits: bigint): number {
	return bits.toString(2).replaceAll("0", "").length;
}

type Handler = (ctx: Context, call: Call) => Expression;

const special: Record<string, Handler> = {
	constant_p: constantP,
	expect_with_probability: (ctx, call) => {
		const [value, wanted] = call.args;
		if (!arity(ctx, call, 2, 3) || !value || !wanted) return bad(call.at, call.end);
		return builtinCall(ctx, { ...call, name: "__builtin_expect", args: [value, wanted] });
	},
	object_size: objectSize,
	dynamic_object_size: objectSize,
	preserve_access_index: (ctx, call) => {
		const arg = call.args[0];
		if (!arity(ctx, call, 1) || !arg) return bad(call.at, call.end);
		const value = rvalue(arg);
		return node(call, value.type, [value]);
	},
	preserve_field_info: (ctx, call) => {
		const [place, kind] = call.args;
		if (!arity(ctx, call, 2) || !place || !kind) return bad(call.at, call.end);
		if (place.kind !== "member" && place.kind !== "index" && place.kind !== "variable") {
			const text = "__builtin_preserve_field_info argument 1 not a field access";
			ctx.reports.error("preserve", place.at, text, { end: place.end });
			return bad(call.at, call.end);
		}
		return relocated(ctx, call, unsignedType, [place, kind], noTypes);
	},
	preserve_type_info: (ctx, call) => ofType(ctx, call, unsignedLongType),
	btf_type_id: (ctx, call) => ofType(ctx, call, unsignedLongType),
	preserve_enum_value: (ctx, call) => ofType(ctx, call, unsignedLongType),
	clzg: generic,
	ctzg: generic,
	popcountg: generic,
	bswapg: (ctx, call) => bySize(ctx, call, "bswap"),
	elementwise_bitreverse: (ctx, call) => bySize(ctx, call, "bitreverse"),
	elementwise_popcount: (ctx, call) => generic(ctx, { ...call, name: "__builtin_popcountg" }),
	elementwise_clzg: (ctx, call) => generic(ctx, { ...call, name: "__builtin_clzg" }),
	elementwise_ctzg: (ctx, call) => generic(ctx, { ...call, name: "__builtin_ctzg" }),
	verbose_trap: (_, call) => node(call, voidType, []),
	__clear_cache: (_, call) => node(call, voidType, []),
	LINE: (ctx, call) => num(call, intType, BigInt(ctx.settings.locations.position(call.at).line)),
	classify_type: (_, call) => num(call, intType, 1n),
	assume_aligned: (ctx, call) => {
		const first = call.args[0];
		return arity(ctx, call, 2, 3) && first ? rvalue(first) : bad(call.at, call.end);
	},
	launder: (_, call) => (call.args[0] ? rvalue(call.args[0]) : bad(call.at, call.end)),
	addressof: (ctx, call) => {
		const first = call.args[0];
		if (!arity(ctx, call, 1) || !first) return bad(call.at, call.end);
		return {
			kind: "address",
			type: { kind: "pointer", to: first.type },
			operand: first,
			at: call.at,
			end: call.end,
		};
	},
	nondeterministic_value: (_, call) =>
		call.args[0] ? rvalue(call.args[0]) : bad(call.at, call.end),
};

/** `bswapg` and the like: the builtin for the operand's width. */
function bySize(ctx: Context, call: Call, name: string): Expression {
	const arg = call.args[0];
	if (!arity(ctx, call, 1) || !arg) return bad(call.at, call.end);
	const value = rvalue(arg);
	if (!isInteger(value.type)) {
		const text = `1st argument must be a scalar integer type (was ${quoteType(value.type)})`;
		ctx.reports.error("argument", arg.at, text, { end: arg.end });
		return bad(call.at, call.end);
	}
	const size = sizeOf(value.type);
	if (name === "bswap" && size === 1) return value;
	const made = builtinCall(ctx, { ...call, name: `__builtin_${name}${size * 8}` });
	return convert(made, unqualified(value.type));
}

function relocated(
	ctx: Context,
	call: Call,
	type: CType,
	args: readonly Expression[],
	types: readonly CType[],
): Expression {
	const kind = args[1];
	if (!kind || numberOf(kind) === undefined) {
		ctx.reports.error(
			"preserve",
			call.args[1]?.at ?? call.at,
			`${call.name} argument 2 not a constant`,
		);
		return bad(call.at, call.end);
	}
	return node(call, type, args, types);
}

/** The first operand is not evaluated, its type (or enumerator) counts. */
function ofType(ctx: Context, call: Call, result: CType): Expression {
	const [of, kind] = call.args;
	if (!arity(ctx, call, 2) || !of || !kind) return bad(call.at, call.end);
	return relocated(ctx, call, result, [of, kind], [of.type]);
}

function constantP(ctx: Context, call: Call): Expression {
	const arg = call.args[0];
	if (!arity(ctx, call, 1) || !arg) return bad(call.at, call.end);
	const value = rvalue(arg);
	const constant = foldedOf(value);
	const string = constant?.base && "kind" in constant.base && constant.base.kind === "string";
	if (constant && (constant.base === undefined || string)) return num(call, intType, 1n);
	const kind = canonical(value.type).kind;
	if (constant || !isInteger(value.type) || kind === "pointer" || !pure(value, 0))
		return num(call, intType, 0n);
	return node(call, intType, [value]);
}

/** Whether evaluating has no effect that anybody sees. */
function pure(e: Expression, depth: number): boolean {
	if (depth > 100) return false;
	switch (e.kind) {
		case "number":
		case "variable":
		case "string":
		case "function":
			return true;
		case "load":
		case "cast":
		case "unary":
		case "dereference":
		case "address":
		case "decay":
			return pure(e.operand, depth + 1);
		case "binary":
		case "logical":
		case "difference":
		case "comma":
			return pure(e.left, depth + 1) && pure(e.right, depth + 1);
		case "offset":
			return pure(e.pointer, depth + 1) && pure(e.index, depth + 1);
		case "index":
			return pure(e.base, depth + 1) && pure(e.index, depth + 1);
		case "member":
			return pure(e.base, depth + 1);
		case "conditional":
			return (
				pure(e.condition, depth + 1) &&
				(!e.then || pure(e.then, depth + 1)) &&
				pure(e.otherwise, depth + 1)
			);
		default:
			return false;
	}
}

function objectSize(ctx: Context, call: Call): Expression {
	const [pointer, kind] = call.args;
	if (!arity(ctx, call, 2) || !pointer || !kind) return bad(call.at, call.end);
	const type = numberOf(kind);
	if (type === undefined || type < 0n || type > 3n) {
		ctx.reports.error("argument", kind.at, "argument value is outside the valid range [0, 3]");
		return bad(call.at, call.end);
	}
	const place = constantOf(rvalue(pointer));
	const base = place?.base;
	if (place && base && !("params" in base) && isComplete(base.type)) {
		const size = BigInt(sizeOf(base.type)) - place.offset;
		return num(call, unsignedLongType, size < 0n ? 0n : size);
	}
	return num(call, unsignedLongType, type < 2n ? -1n : 0n);
}

function generic(ctx: Context, call: Call): Expression {
	const arg = call.args[0];
	if (!arity(ctx, call, 1, call.name === "__builtin_popcountg" ? 1 : 2) || !arg)
		return bad(call.at, call.end);
	const value = rvalue(arg);
	const type = underlying(value.type);
	if (!type || type.signed) {
		const text = `1st argument must be a scalar unsigned integer type (was ${quoteType(value.type)})`;
		ctx.reports.error("argument", arg.at, text, { end: arg.end });
		return bad(call.at, call.end);
	}
	const other = call.args[1];
	if (value.kind === "number") {
		const folded = foldBits(call.name.slice(10, -1), value.value, value.value, type.size * 8, 0n);
		if (folded !== undefined) return num(call, intType, folded);
	}
	return node(call, intType, other ? [value, convert(rvalue(other), intType)] : [value]);
}

const overflow = /^(?:[su]?)(?:add|sub|mul)l{0,2}_overflow$/;

function overflowCall(ctx: Context, call: Call): Expression {
	const [left, right, result] = call.args;
	if (!arity(ctx, call, 3) || !left || !right || !result) return bad(call.at, call.end);
	const a = rvalue(left);
	const b = rvalue(right);
	const place = rvalue(result);
	const to = pointeeOf(place.type);
	for (const e of [a, b])
		if (!isInteger(e.type)) {
			const text = `operand argument to overflow builtin must be an integer (${quoteType(e.type)} invalid)`;
			ctx.reports.error("argument", e.at, text, { end: e.end });
			return bad(call.at, call.end);
		}
	if (!to || !isInteger(to)) {
		const text = `result argument to overflow builtin must be a pointer to a non-const integer (${quoteType(place.type)} invalid)`;
		ctx.reports.error("argument", result.at, text, { end: result.end });
		return bad(call.at, call.end);
	}
	const shape = /^__builtin_([su])(?:add|sub|mul)(l*)_overflow$/.exec(call.name);
	if (!shape) return node(call, boolType, [a, b, place]);
	return node(call, boolType, [convert(a, unqualified(to)), convert(b, unqualified(to)), place]);
}

const sync =
	/^__sync_(?:fetch_and_(?:add|sub|or|and|xor|nand|min|max|umin|umax)|(?:add|sub|or|and|xor|nand)_and_fetch|(?:val|bool)_compare_and_swap|lock_test_and_set|lock_release|swap|synchronize)(?:_(?:1|2|4|8|16))?$/;

function syncCall(ctx: Context, call: Call): Expression {
	if (call.name === "__sync_synchronize") return node(call, voidType, []);
	const of = atomicPointee(ctx, call);
	if (!of) return bad(call.at, call.end);
	warnNand(ctx, call);
	const size = /_(\d+)$/.exec(call.name)?.[1];
	if (size !== undefined && Number(size) !== sizeOf(of.type)) {
		const text = `'${call.name}' of what has ${sizeOf(of.type)} bytes is not supported by Skep`;
		ctx.reports.unsupported("builtin", call.at, text);
		return bad(call.at, call.end);
	}
	const values = call.name.includes("compare_and_swap")
		? 2
		: call.name.includes("lock_release")
			? 0
			: 1;
	if (!arity(ctx, call, values + 1, 1000)) return bad(call.at, call.end);
	const args = [of.pointer];
	for (let i = 1; i <= values; i++) args.push(valueArgument(ctx, call, i, of.type));
	if (args.some(isBad)) return bad(call.at, call.end);
	const type = call.name.startsWith("__sync_bool") ? boolType : values === 0 ? voidType : of.type;
	return node(call, type, args);
}

/** GCC before 4.4 meant something else. */
function warnNand(ctx: Context, call: Call): void {
	if (!call.name.includes("nand")) return;
	const text =
		"the semantics of this intrinsic changed with GCC version 4.4 - the newer semantics are provided here";
	ctx.reports.warning("sync-fetch-and-nand-semantics-changed", call.end, text);
}

function valueArgument(ctx: Context, call: Call, index: number, type: CType): Expression {
	const arg = call.args[index];
	return arg ? assignTo(ctx, arg, type, { kind: "passing" }) : bad(call.at, call.end);
}

function atomicPointee(ctx: Context, call: Call): { pointer: Expression; type: CType } | undefined {
	const first = call.args[0];
	if (!first) {
		arity(ctx, call, 1, 1000);
		return undefined;
	}
	const pointer = rvalue(first);
	const to = pointeeOf(pointer.type);
	const ok =
		to !== undefined &&
		(isInteger(to) ||
			isPointer(to) ||
			/_(?:load|store|exchange|compare_exchange)$/.test(call.name));
	if (ok && to) return { pointer, type: unqualified(to) };
	const text =
		to === undefined
			? `address argument to atomic builtin must be a pointer (${quoteType(pointer.type)} invalid)`
			: `address argument to atomic builtin must be a pointer to integer or pointer (${quoteType(pointer.type)} invalid)`;
	ctx.reports.error("argument", first.at, text, { end: first.end });
	return undefined;
}

const operation = "(?:add|sub|and|or|xor|nand|min|max)";
const atomic = new RegExp(
	`^__atomic_(?:load_n|load|store_n|store|exchange_n|exchange|compare_exchange_n|compare_exchange|fetch_${operation}|${operation}_fetch|test_and_set|clear|thread_fence|signal_fence|always_lock_free|is_lock_free)$`,
);
const c11 = new RegExp(
	`^__c11_atomic_(?:init|load|store|exchange|compare_exchange_strong|compare_exchange_weak|fetch_${operation}|thread_fence|signal_fence|is_lock_free)$`,
);

/** Arguments by letter: p address, v value, P pointer to a value, b weak flag, o memory order, s size. */
function shapeOf(short: string): [shape: string, result: "value" | "void" | "bool"] {
	if (short === "load_n") return ["po", "value"];
	if (short === "load") return ["pPo", "void"];
	if (short === "store_n" || short === "init") return [short === "init" ? "pv" : "pvo", "void"];
	if (short === "store") return ["pPo", "void"];
	if (short === "exchange_n") return ["pvo", "value"];
	if (short === "exchange") return ["pPPo", "void"];
	if (short === "compare_exchange_n") return ["pPvboo", "bool"];
	if (short === "compare_exchange") return ["pPPboo", "bool"];
	if (short === "test_and_set") return ["po", "bool"];
	if (short === "clear") return ["po", "void"];
	if (short.endsWith("fence")) return ["o", "void"];
	return ["pvo", "value"];
}

function c11Shape(short: string): [shape: string, result: "value" | "void" | "bool"] {
	if (short === "load") return ["po", "value"];
	if (short === "store") return ["pvo", "void"];
	if (short === "exchange") return ["pvo", "value"];
	if (short.startsWith("compare_exchange")) return ["pPvoo", "bool"];
	return shapeOf(short);
}

function atomicCall(ctx: Context, call: Call, prefix: string): Expression {
	const short = call.name.slice(prefix.length);
	if (short.endsWith("lock_free")) {
		const size = call.args[0] && numberOf(rvalue(call.args[0]));
		return num(call, boolType, size !== undefined && [1n, 2n, 4n, 8n].includes(size) ? 1n : 0n);
	}
	const [shape, result] = prefix === "__c11_atomic_" ? c11Shape(short) : shapeOf(short);
	if (!arity(ctx, call, shape.length)) return bad(call.at, call.end);
	if (shape === "o")
		return node(
			call,
			voidType,
			call.args.map((a) => convert(rvalue(a), intType)),
		);
	const of =
		short === "test_and_set" || short === "clear" ? anyPointer(call) : atomicPointee(ctx, call);
	if (!of) return bad(call.at, call.end);
	const args = [...shape].map((letter, i) => {
		const arg = call.args[i];
		if (!arg) return bad(call.at);
		if (letter === "p") return of.pointer;
		if (letter === "v")
			return valueArgument(
				ctx,
				call,
				i,
				isPointer(of.type) && isInteger(rvalue(arg).type) ? unsignedLongType : of.type,
			);
		if (letter === "P") return rvalue(arg);
		return assignTo(ctx, arg, letter === "b" ? boolType : intType, { kind: "passing" });
	});
	if (args.some(isBad)) return bad(call.at, call.end);
	return node(call, result === "value" ? of.type : result === "bool" ? boolType : voidType, args);
}

function anyPointer(call: Call): { pointer: Expression; type: CType } | undefined {
	const first = call.args[0];
	return first ? { pointer: rvalue(first), type: voidType } : undefined;
}
