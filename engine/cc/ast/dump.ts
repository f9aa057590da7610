// A unit as text, one line a statement, types and conversions shown: for tests and for looking.

import { typeText } from "./print.ts";
import { alignOf, canonical, sizeOf } from "./query.ts";
import type {
	Block,
	CFunction,
	Expression,
	Initializer,
	Statement,
	Unit,
	Variable,
} from "./tree.ts";
import type { CType, EnumTag, RecordTag } from "./type.ts";

/** The unit's records, variables and functions with their bodies. */
export function dumpUnit(unit: Unit): string {
	const lines = [
		...unit.records.filter((r) => r.complete).flatMap(dumpRecord),
		...unit.variables.flatMap((v) => dumpVariable(v, "")),
		...unit.functions.flatMap(dumpFunction),
		...unit.asm.map((a) => `asm ${JSON.stringify(a.template)}`),
	];
	return lines.join("\n");
}

/** A record with the places of its members. */
function dumpRecord(tag: RecordTag): string[] {
	const flags = [tag.preserve ? " preserve" : "", ...tag.declTags.map((t) => ` tag:${t}`)].join("");
	const word = tag.union ? "union" : "struct";
	return [
		`${word} ${tag.name || "(unnamed)"} size ${tag.size} align ${tag.align}${flags}`,
		...tag.members.map((m) => {
			const bits = m.bitSize === undefined ? "" : ` bits ${m.bitOffset}:${m.bitSize}`;
			const tags = m.declTags.map((t) => ` tag:${t}`).join("");
			return `  ${m.offset}${bits} ${typeText(m.type, m.name)}${tags}`;
		}),
	];
}

export function dumpEnum(tag: EnumTag): string[] {
	const of = `${tag.signed ? "signed" : "unsigned"} ${tag.size}`;
	return [
		`enum ${tag.name || "(unnamed)"} ${of}`,
		...tag.values.map((v) => `  ${v.name} = ${v.value}`),
	];
}

function attributesText(v: Variable | CFunction): string {
	const { declTags, cleanup, alias, deprecated, format, ...rest } = v.attributes;
	const words = Object.entries(rest).map(([k, value]) => (value === true ? k : `${k}=${value}`));
	words.push(...declTags.map((t) => `tag:${t}`));
	if (cleanup) words.push(`cleanup=${cleanup.name}`);
	if (alias) words.push(`alias=${alias.of}`);
	if (deprecated) words.push(`deprecated=${deprecated.text}`);
	if (format) words.push(`format=${format.string},${format.first}`);
	return words.map((w) => ` ${w}`).join("");
}

function dumpVariable(v: Variable, indent: string): string[] {
	const place = v.defined ? v.storage : `${v.storage} undefined`;
	const size =
		canonical(v.type).kind === "record" || canonical(v.type).kind === "array"
			? ` size ${sizeOf(v.type)} align ${alignOf(v.type)}`
			: "";
	const head = `${indent}${place} ${typeText(v.type, v.name || "(literal)")}${size}${attributesText(v)}${v.register ? ` in ${v.register}` : ""}`;
	return v.init ? [head, ...dumpInit(v.init, `${indent}  `)] : [head];
}

function dumpInit(init: Initializer, indent: string): string[] {
	return init.entries.map((e) => {
		const bits = e.member ? ` bits ${e.member.bitOffset}:${e.member.bitSize}` : "";
		return `${indent}@${e.offset}${bits} ${expressionText(e.value)}`;
	});
}

function dumpFunction(f: CFunction): string[] {
	const params = f.params.map((p) => `${typeText(p.type, p.name)}${attributesText(p)}`).join("; ");
	const head = `${f.storage}${f.inline ? " inline" : ""} ${typeText(f.type, f.name)} [${params}]${attributesText(f)}`;
	return f.body ? [head, ...dumpStatement(f.body, "  ")] : [head];
}

function block(b: Block, indent: string): string[] {
	return b.items.flatMap((s) => dumpStatement(s, indent));
}

function dumpStatement(s: Statement, indent: string): string[] {
	const deeper = `${indent}  `;
	switch (s.kind) {
		case "block":
			return [`${indent}{`, ...block(s, deeper), `${indent}}`];
		case "declare":
			return s.variables.flatMap((v) => dumpVariable(v, indent));
		case "expression":
			return [indent + expressionText(s.expression)];
		case "if":
			return [
				`${indent}if ${expressionText(s.condition)}`,
				...dumpStatement(s.then, deeper),
				...(s.otherwise ? [`${indent}else`, ...dumpStatement(s.otherwise, deeper)] : []),
			];
		case "while":
		case "do":
			return [
				`${indent}${s.kind} ${expressionText(s.condition)}${unrollText(s.unroll)}`,
				...dumpStatement(s.body, deeper),
			];
		case "for":
			return [
				`${indent}for${unrollText(s.unroll)}`,
				...(s.init ? dumpStatement(s.init, `${indent}  init `) : []),
				...(s.condition ? [`${indent}  while ${expressionText(s.condition)}`] : []),
				...(s.step ? [`${indent}  step ${expressionText(s.step)}`] : []),
				...dumpStatement(s.body, deeper),
			];
		case "switch":
			return [`${indent}switch ${expressionText(s.value)}`, ...dumpStatement(s.body, deeper)];
		case "case": {
			const { low, high } = s.label;
			const text =
				low === undefined ? "default" : `case ${low}${high === low ? "" : ` ... ${high}`}`;
			return [`${indent}${text}:`, ...dumpStatement(s.body, deeper)];
		}
		case "label":
			return [`${indent}${s.name}:`, ...dumpStatement(s.body, deeper)];
		case "goto":
			return [`${indent}goto ${s.label}`];
		case "return":
			return [`${indent}return${s.value ? ` ${expressionText(s.value)}` : ""}`];
		case "asm":
			return [indent + asmText(s)];
		default:
			return [indent + s.kind];
	}
}

function unrollText(unroll: string | number | undefined): string {
	return unroll === undefined ? "" : ` unroll ${unroll}`;
}

function asmText(s: Extract<Statement, { kind: "asm" }>): string {
	const operand = (o: (typeof s.outputs)[number]) =>
		`${o.name === undefined ? "" : `[${o.name}]`}${JSON.stringify(o.constraint)} ${expressionText(o.value)}`;
	return [
		`asm${s.volatile ? " volatile" : ""} ${JSON.stringify(s.template)}`,
		s.outputs.map(operand).join(", "),
		s.inputs.map(operand).join(", "),
		s.clobbers.join(", "),
		s.labels.join(", "),
	]
		.join(" : ")
		.replace(/(?: : )+$/, "");
}

function short(type: CType): string {
	return typeText(type);
}

/** An expression in prefix form: `(kind:type operands)`. */
function expressionText(e: Expression): string {
	const node = (head: string, ...parts: readonly Expression[]) =>
		`(${head}:${short(e.type)}${parts.map((p) => ` ${expressionText(p)}`).join("")})`;
	switch (e.kind) {
		case "number":
			return `${e.enumerator ? `${e.enumerator}=` : ""}${e.value}:${short(e.type)}`;
		case "string":
			return `${JSON.stringify(String.fromCharCode(...e.bytes))}:${short(e.type)}`;
		case "variable":
			return e.variable.name;
		case "function":
			return e.function.name;
		case "load":
		case "decay":
		case "dereference":
		case "address":
			return node(e.kind, e.operand);
		case "cast":
			return node(e.implicit ? "convert" : "cast", e.operand);
		case "unary":
			return node(e.op, e.operand);
		case "index":
			return node("index", e.base, e.index);
		case "member":
			return node(`.${e.member.name || e.member.index}`, e.base);
		case "binary":
		case "logical":
			return node(e.op, e.left, e.right);
		case "comma":
		case "difference":
			return node(e.kind, e.left, e.right);
		case "offset":
			return node(`offset${e.op}`, e.pointer, e.index);
		case "conditional":
			return node(e.then ? "?:" : "elvis", e.condition, ...(e.then ? [e.then] : []), e.otherwise);
		case "assign":
			return node("=", e.target, e.value);
		case "compound":
			return `(${e.op}=:${short(e.type)} in ${short(e.common)} ${expressionText(e.target)} ${expressionText(e.value)})`;
		case "increment":
			return node(e.prefix ? `${e.op}_` : `_${e.op}`, e.target);
		case "call":
			return node("call", e.callee, ...e.args);
		case "statements": {
			const body = block(e.body, "").join("; ");
			return `({${body}${e.value ? `; => ${expressionText(e.value)}` : ""}})`;
		}
		case "literal": {
			const init = e.variable.init ? dumpInit(e.variable.init, "").join("; ") : "";
			return `(literal:${short(e.type)} ${init})`;
		}
		case "builtin": {
			const types = e.types.map((t) => ` <${short(t)}>`).join("");
			return `(${e.name}:${short(e.type)}${e.args.map((a) => ` ${expressionText(a)}`).join("")}${types})`;
		}
	}
}
