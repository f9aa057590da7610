// The formatter: how things look, and what must hold for any text: no token lost, formatted twice as once, the same code made from it.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { builtinHeaders, CompilerMemory, compileSource } from "../index.ts";
import { Lexer } from "../lex/index.ts";
import { Names } from "../token.ts";
import { formatSource } from "./index.ts";

const root = join(import.meta.dirname, "../../testdata/cc");
const paths = ["programs", "torture", "large", "headers"].flatMap((folder) =>
	readdirSync(join(root, folder))
		.filter((f) => /\.[ch]$/.test(f))
		.map((f) => join(root, folder, f)),
);
const seeds = paths.map((path) => readFileSync(path, "utf8"));

/** Spellings of the preprocessing tokens; `#` marks those that begin a line's directive, each `\n` the end of one. */
function tokensOf(text: string): string[] {
	const names = new Names();
	const lexed = new Lexer(names).lex(text, false);
	const directives = new Set(lexed.directives);
	let inside = false;
	const out: string[] = [];
	for (let i = 0; i < lexed.length; i++) {
		const first = ((lexed.flags[i] ?? 0) & 1) !== 0;
		if (inside && first) out.push("\n");
		if (first) inside = directives.has(i);
		out.push(names.text(lexed.text[i] ?? 0) + (inside && first ? " directive" : ""));
	}
	return out;
}

/** Comments by their words. */
const commentsOf = (text: string) =>
	[...text.matchAll(/"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/.*/g)]
		.map(([m]) => m)
		.filter((m) => m.startsWith("/"))
		.map((m) => m.replace(/\s+/g, " ").trim());

function holds(text: string): string {
	const once = formatSource(text, "a.c").text;
	expect(tokensOf(once).join("\0")).toBe(tokensOf(text).join("\0"));
	expect(formatSource(once, "a.c").text).toBe(once);
	return once;
}

const cases = readFileSync(join(root, "format/style.txt"), "utf8").split(/^==== (.*)\n/m);

test("the kernel's style", () => {
	expect(cases.length).toBeGreaterThan(40);
	for (let i = 1; i < cases.length; i += 2) {
		const [source = "", wanted = ""] = (cases[i + 1] ?? "").split(/^----\n/m);
		expect(holds(source), cases[i]).toBe(wanted || source);
	}
});

test("own programs keep tokens and comments", () => {
	expect(seeds.length).toBeGreaterThan(150);
	for (const text of seeds) expect(commentsOf(holds(text))).toEqual(commentsOf(text));
});

test("a formatted program compiles to the same code", () => {
	const builtin = builtinHeaders();
	const memory = new CompilerMemory();
	const codeOf = (name: string, text: string) => {
		const read = (path: string) => {
			try {
				return readFileSync(path, "utf8");
			} catch {
				return undefined;
			}
		};
		const cpu = text.includes("needs v4") ? 4 : 3;
		const { value, diagnostics } = compileSource(
			{ name, text },
			{ read, builtin, cpu, memory, level: 0 },
		);
		return {
			code: value?.object.sections.map((s) => [s.name, s.bytes]),
			problems: diagnostics.map((d) => d.message),
		};
	};
	let made = 0;
	paths.forEach((path, i) => {
		const text = seeds[i] ?? "";
		if (!path.endsWith(".c") || dirname(path).endsWith("torture")) return;
		const formatted = formatSource(text, path).text;
		if (formatted === text || i % 6 !== 0) return;
		const before = codeOf(path, text);
		if (before.code) made++;
		expect(codeOf(path, formatted), path).toEqual(before);
	});
	expect(made).toBeGreaterThan(5);
});

test("programs squeezed and stretched come to be the same again", () => {
	for (const text of seeds.slice(0, 60)) {
		if (/#\s*define|asm/.test(text)) continue;
		const loose = text.replace(/([;{}])\n/g, "$1\n\n\n   ");
		expect(tokensOf(holds(loose))).toEqual(tokensOf(text));
	}
});

const pieces = [
	..."{ } ( ) [ ] ; , : ? = == + - * & && | ! ~ ++ -- -> . ... < > << #".split(" "),
	..."if else for while do switch case default return goto struct enum union int u32 a b f sizeof".split(
		" ",
	),
	...'typeof asm volatile SEC("x") __attribute__((packed)) bpf_for(i,0,3) "s" \'c\' 1 1.5e+ 0x'.split(
		" ",
	),
	"// line\n",
	"/* block */",
	"/* more\n * than one */",
	"/* open",
	"\n",
	"\n\n\n",
	"\\\n",
	"\t",
	" ",
	"\n#if A\n",
	"\n#else\n",
	"\n#endif\n",
	"\n#define F(x) #x\n",
	"\n  # define G(a, b)  a ## b \\\n  c\n",
	'"',
	"'",
	"\r\n",
	"é",
	"\\u00e9",
	"\\u0041",
	"1'000",
	"\ud800",
	"F(a+ b)",
	"a_rather_long_name_of_something",
	"// clang-format off\n",
	"// clang-format on\n",
];

test("any pieces keep their order", () => {
	const text = fc.array(fc.constantFrom(...pieces, ...pieces.slice(0, 60)), { maxLength: 60 });
	fc.assert(
		fc.property(text, fc.constantFrom("", " "), (parts, between) => {
			holds(parts.join(between));
		}),
		{ numRuns: 1500 },
	);
});

test("mutated programs keep their tokens", () => {
	const edit = fc.record({
		at: fc.nat(),
		remove: fc.nat({ max: 8 }),
		put: fc.constantFrom("", ...pieces),
	});
	fc.assert(
		fc.property(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 5 }), (seed, edits) => {
			let text = seed.slice(0, 2500);
			for (const { at, remove, put } of edits) {
				const place = at % (text.length + 1);
				text = text.slice(0, place) + put + text.slice(place + remove);
			}
			holds(text);
		}),
		{ numRuns: 300 },
	);
});

test("the edits make the text, and deep nesting ends", () => {
	for (const text of seeds.slice(0, 40)) {
		const { text: made, edits } = formatSource(text, "a.c");
		let at = 0;
		let out = "";
		for (const { span, text: by } of edits) {
			out += text.slice(at, span.start) + by;
			at = span.end;
		}
		expect(out + text.slice(at)).toBe(made);
	}
	for (const open of ["(", "{", "[", "if (x) ", "#if 1\n{\n"]) holds(open.repeat(600));
	expect(formatSource("", "a.c").text).toBe("");
});

test("brackets without a partner are told", () => {
	const { diagnostics } = formatSource("int f(void)\n{\n\tif (a {\n\t\tb();\n\t}\n", "a.c");
	expect(diagnostics.map((d) => `${d.span?.line}:${d.span?.column} ${d.message}`)).toEqual([
		"2:1 '{' is never closed",
		"3:5 '(' is never closed",
	]);
});
