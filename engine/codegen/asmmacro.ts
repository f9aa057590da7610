// What the assembler's macro language makes of the text of inline assembly: repetitions, conditions, macros of its own, filled bytes.
// Takes and gives lines; knows nothing of instructions. Problems are thrown as `AsmProblem` and caught by who assembles.

/** The text cannot be read; `message` is for the user. */
export class AsmProblem extends Error {}

interface Macro {
	readonly parameters: readonly { readonly name: string; readonly value: string }[];
	readonly body: readonly string[];
}

interface State {
	readonly macros: Map<string, Macro>;
	/** Of `.set` and `.equ`. */
	readonly symbols: Map<string, bigint>;
	/** Lines that may still be made: a macro may call itself. */
	left: number;
	/** Numbers for `\@`. */
	calls: number;
}

const MOST_LINES = 100_000;
const openers = /^\s*\.(rept|rep|irp|irpc|macro)\b/;
const directive =
	/^\s*\.(rept|irpc?|macro|purgem|if\w*|else\w*|endif|endr|endm|fill|set|equ|eqv|macro)\b/m;

/** Expands `.rept`, `.irp`, `.irpc`, `.macro`, `.if…` and `.fill`. */
export function expandMacros(text: string): string {
	if (!directive.test(text)) return text;
	const state: State = { macros: new Map(), symbols: new Map(), left: MOST_LINES, calls: 0 };
	const out: string[] = [];
	expand(text.split("\n"), state, out);
	return out.join("\n");
}

function expand(lines: readonly string[], state: State, out: string[]): void {
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? "";
		if (--state.left < 0) throw new AsmProblem("assembly macros make too many lines");
		const head = /^\s*\.(\w+)\s*(.*)$/.exec(line);
		const name = head?.[1] ?? "";
		const rest = (head?.[2] ?? "").trim();
		if (openers.test(line)) {
			const end = endOf(lines, at, name === "macro" ? "endm" : "endr");
			block(name, rest, lines.slice(at + 1, end), state, out);
			at = end;
		} else if (/^if\w*$/.test(name)) at = conditional(lines, at, state, out);
		else if (/^(else\w*|endif|endr|endm)$/.test(name))
			throw new AsmProblem(`.${name} without a beginning`);
		else if (name === "purgem") state.macros.delete(rest);
		else if (name === "fill") out.push(...filled(rest, state));
		else {
			if (name === "set" || name === "equ") remember(rest, state);
			if (!called(line, state, out)) out.push(line);
		}
	}
}

/** The line that ends what begins at `at`. */
function endOf(lines: readonly string[], at: number, end: "endr" | "endm"): number {
	let depth = 0;
	const same = end === "endm" ? /^\s*\.macro\b/ : /^\s*\.(rept|rep|irpc?)\b/;
	for (let i = at; i < lines.length; i++) {
		const line = lines[i] ?? "";
		if (same.test(line)) depth++;
		else if (new RegExp(`^\\s*\\.${end}\\b`).test(line) && --depth === 0) return i;
	}
	throw new AsmProblem(`no matching .${end}`);
}

function block(
	name: string,
	rest: string,
	body: readonly string[],
	state: State,
	out: string[],
): void {
	if (name === "macro") {
		const [title = "", ...words] = rest.split(/[\s,]+/).filter((w) => w !== "");
		const parameters = words.map((w) => {
			const [parameter = "", value = ""] = w.split("=");
			return { name: parameter.replace(/:.*$/, ""), value };
		});
		state.macros.set(title, { parameters, body });
		return;
	}
	if (name === "rept" || name === "rep") {
		const count = evaluate(rest, state.symbols);
		if (count < 0n || count > BigInt(MOST_LINES)) throw new AsmProblem(`.rept of ${count}`);
		for (let i = 0n; i < count; i++) expand(body, state, out);
		return;
	}
	const [variable = "", ...list] = rest.split(/\s*,\s*|\s+/);
	const values = name === "irpc" ? [...list.join("")] : list;
	for (const value of values) expand(substitute(body, [[variable, value]]), state, out);
}

function substitute(
	body: readonly string[],
	by: readonly (readonly [string, string])[],
	number = 0,
): string[] {
	return body.map((line) =>
		line.replace(/\\(@|\(\)|\w+)/g, (whole, name: string) => {
			if (name === "@") return String(number);
			if (name === "()") return "";
			return by.find(([n]) => n === name)?.[1] ?? whole;
		}),
	);
}

/** Expands a line that calls a macro; false when it does not. */
function called(line: string, state: State, out: string[]): boolean {
	const words = /^\s*([A-Za-z_.][\w.]*)\s*(.*?)\s*$/.exec(line);
	const macro = words && state.macros.get(words[1] ?? "");
	if (!words || !macro) return false;
	const given = (words[2] ?? "").split(/\s*,\s*/);
	const named = new Map(given.flatMap((g) => [pair(g, macro)].filter((p) => p !== undefined)));
	const places = given.filter((g) => !pair(g, macro));
	const by = macro.parameters.map((p, i): readonly [string, string] => [
		p.name,
		named.get(p.name) ?? (places[i] || p.value),
	]);
	expand(substitute(macro.body, by, state.calls++), state, out);
	return true;
}

/** `parameter=value` */
function pair(given: string, macro: Macro): readonly [string, string] | undefined {
	const found = /^(\w+)\s*=(?!=)\s*(.*)$/.exec(given);
	if (!found || !macro.parameters.some((p) => p.name === found[1])) return undefined;
	return [found[1] ?? "", found[2] ?? ""];
}

/** Expands the part of `.if … .elseif … .else … .endif` that holds; gives the line of `.endif`. */
function conditional(lines: readonly string[], start: number, state: State, out: string[]): number {
	let taken = false;
	let open = holds(lines[start] ?? "", state);
	let from = start + 1;
	let depth = 0;
	for (let i = start + 1; i < lines.length; i++) {
		const line = lines[i] ?? "";
		const name = /^\s*\.(\w+)/.exec(line)?.[1] ?? "";
		if (/^if/.test(name)) depth++;
		if (depth > 0) {
			if (name === "endif") depth--;
			continue;
		}
		if (!/^(else|elseif|endif)$/.test(name)) continue;
		if (open && !taken) expand(lines.slice(from, i), state, out);
		taken ||= open;
		if (name === "endif") return i;
		open = name === "else" || (!taken && holds(line, state));
		from = i + 1;
	}
	throw new AsmProblem("no matching .endif");
}

function holds(line: string, state: State): boolean {
	const [, name = "", rest = ""] = /^\s*\.(\w+)\s*(.*?)\s*$/.exec(line) ?? [];
	const compared = /^ifn?c$/.test(name) ? /^([^,]*?)\s*,\s*(.*)$/.exec(rest) : null;
	if (compared) return (compared[1] === compared[2]) === (name === "ifc");
	switch (name) {
		case "ifb":
			return rest === "";
		case "ifnb":
			return rest !== "";
		case "ifdef":
			return state.symbols.has(rest);
		case "ifndef":
		case "ifnotdef":
			return !state.symbols.has(rest);
		case "if":
		case "elseif":
		case "ifne":
			return evaluate(rest, state.symbols) !== 0n;
		case "ifeq":
			return evaluate(rest, state.symbols) === 0n;
		case "ifge":
			return evaluate(rest, state.symbols) >= 0n;
		case "ifgt":
			return evaluate(rest, state.symbols) > 0n;
		case "ifle":
			return evaluate(rest, state.symbols) <= 0n;
		case "iflt":
			return evaluate(rest, state.symbols) < 0n;
		default:
			throw new AsmProblem(`there is no directive .${name}`);
	}
}

function remember(rest: string, state: State): void {
	const found = /^([A-Za-z_.$][\w.$]*)\s*,\s*(.+)$/.exec(rest);
	if (!found) return;
	try {
		state.symbols.set(found[1] ?? "", evaluate(found[2] ?? "", state.symbols));
	} catch (problem) {
		// The assembler knows more: places, for one.
		if (!(problem instanceof AsmProblem)) throw problem;
	}
}

/** `.fill repeat, size, value` as bytes. */
function filled(rest: string, state: State): string[] {
	const [repeat = 0n, size = 1n, value = 0n] = rest
		.split(",")
		.map((part) => evaluate(part, state.symbols));
	if (size < 0n || size > 8n || repeat * size > BigInt(MOST_LINES))
		throw new AsmProblem(".fill is too large");
	const bytes: string[] = [];
	for (let i = 0n; i < size; i++) bytes.push(String((value >> (8n * i)) & 0xffn));
	const line = `.byte ${bytes.join(", ")}`;
	return size === 0n ? [] : new Array<string>(Number(repeat > 0n ? repeat : 0n)).fill(line);
}

const levels: readonly (readonly string[])[] = [
	["||"],
	["&&"],
	["|"],
	["^"],
	["&"],
	["==", "!=", "<>"],
	["<=", ">=", "<", ">"],
	["<<", ">>"],
	["+", "-"],
	["*", "/", "%"],
];

/** The value of an expression of numbers and symbols that were set. */
function evaluate(text: string, symbols: ReadonlyMap<string, bigint>): bigint {
	const tokens =
		text.match(/0[xX][\da-fA-F]+|0[bB][01]+|[\w.$]+|<<|>>|<=|>=|==|!=|<>|&&|\|\||\S/g) ?? [];
	let at = 0;
	const unary = (): bigint => {
		const token = tokens[at++];
		if (token === "-") return -unary();
		if (token === "+") return unary();
		if (token === "~") return ~unary();
		if (token === "!") return unary() === 0n ? 1n : 0n;
		if (token === "(") {
			const value = level(0);
			if (tokens[at++] !== ")") throw new AsmProblem(`expected ')' in '${text}'`);
			return value;
		}
		const known = symbols.get(token ?? "");
		if (known !== undefined) return known;
		if (token !== undefined && /^0[0-7]+$/.test(token)) return BigInt(`0o${token.slice(1)}`);
		if (token !== undefined && /^(\d+|0[xX][\da-fA-F]+|0[bB][01]+)$/.test(token))
			return BigInt(token.toLowerCase());
		throw new AsmProblem(`expected absolute expression, found '${text}'`);
	};
	const level = (depth: number): bigint => {
		const ops = levels[depth];
		if (!ops) return unary();
		let left = level(depth + 1);
		for (let op = tokens[at]; op !== undefined && ops.includes(op); op = tokens[at]) {
			at++;
			left = apply(op, left, level(depth + 1), text);
		}
		return left;
	};
	const value = level(0);
	if (at < tokens.length) throw new AsmProblem(`expected absolute expression, found '${text}'`);
	return value;
}

function apply(op: string, a: bigint, b: bigint, text: string): bigint {
	const truth = (x: boolean) => (x ? -1n : 0n);
	switch (op) {
		case "||":
			return a !== 0n || b !== 0n ? 1n : 0n;
		case "&&":
			return a !== 0n && b !== 0n ? 1n : 0n;
		case "|":
			return a | b;
		case "^":
			return a ^ b;
		case "&":
			return a & b;
		case "==":
			return truth(a === b);
		case "!=":
		case "<>":
			return truth(a !== b);
		case "<":
			return truth(a < b);
		case ">":
			return truth(a > b);
		case "<=":
			return truth(a <= b);
		case ">=":
			return truth(a >= b);
		case "<<":
			return b < 64n ? BigInt.asIntN(64, a << b) : 0n;
		case ">>":
			return a >> b;
		case "+":
			return a + b;
		case "-":
			return a - b;
		case "*":
			return a * b;
		default:
			if (b === 0n) throw new AsmProblem(`division by zero in '${text}'`);
			return op === "/" ? a / b : a % b;
	}
}
