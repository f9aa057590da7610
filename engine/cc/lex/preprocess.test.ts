// Case files of engine/testdata/cc/lex: a source, the headers that it includes, and the tokens and problems that it gives. BLESS=1
// writes what it gives now. Where clang is installed, it is asked the same.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isImplemented } from "../check/index.ts";
import { Locations } from "../location.ts";
import { Kind, Names, type Tokens } from "../token.ts";
import {
	abilities,
	Lexer,
	type Preprocessed,
	type PreprocessOptions,
	preprocess,
} from "./index.ts";

const folder = join(import.meta.dirname, "../../testdata/cc/lex");
const bless = process.env["BLESS"] === "1";
const clang = "clang-22";
const clangThere = spawnSync(clang, ["--version"]).status === 0;

interface Case {
	readonly name: string;
	readonly source: string;
	readonly headers: ReadonlyMap<string, string>;
	readonly tokens: string;
	readonly problems: string;
}

function readCases(file: string): Case[] {
	const parts = readFileSync(join(folder, file), "utf8")
		.split(/^==== /m)
		.slice(1);
	return parts.map((part) => {
		const end = part.indexOf("\n");
		const [source = "", ...sections] = part.slice(end + 1).split(/^@@@@ /m);
		const headers = new Map<string, string>();
		for (const section of sections) {
			const line = section.indexOf("\n");
			headers.set(section.slice(0, line), section.slice(line + 1));
		}
		const tokens = headers.get("=> tokens") ?? "";
		const problems = headers.get("=> problems") ?? "";
		headers.delete("=> tokens");
		headers.delete("=> problems");
		return { name: part.slice(0, end), source, headers, tokens, problems };
	});
}

function writeCases(file: string, cases: readonly Case[]): void {
	const text = cases.map((c) => {
		const { tokens, problems } = shown(c);
		const headers = [...c.headers].map(([name, body]) => `@@@@ ${name}\n${body}`).join("");
		return `==== ${c.name}\n${c.source}${headers}@@@@ => tokens\n${tokens}@@@@ => problems\n${problems}`;
	});
	writeFileSync(join(folder, file), text.join(""));
}

function run(
	source: string,
	headers: ReadonlyMap<string, string> = new Map(),
	more: Partial<PreprocessOptions> = {},
): Preprocessed & { names: Names; locations: Locations } {
	const names = new Names();
	const locations = new Locations();
	const include = (name: string) => {
		const text = headers.get(name);
		return text === undefined ? undefined : { name, text, system: false };
	};
	const own = { ...abilities, builtin: isImplemented };
	const options = {
		...{ locations, names, include, abilities: own, target: { cpu: 3 } as const },
		...more,
	};
	return { names, locations, ...preprocess({ name: "main.c", text: source }, options) };
}

function spellings(tokens: Tokens, names: Names): string[] {
	const out: string[] = [];
	for (let i = 0; i < tokens.length - 1; i++) {
		const text = names.text(tokens.text[i] ?? 0);
		out.push(tokens.kind[i] === Kind.pragma ? `#pragma ${text}` : text);
	}
	return out;
}

/** What a case gives, one line of tokens for each line of the source that has some. */
function shown(c: Case): { tokens: string; problems: string } {
	const { tokens, names, locations, diagnostics } = run(c.source, c.headers);
	let out = "";
	let line = "";
	for (const [i, text] of spellings(tokens, names).entries()) {
		const { file, line: number } = locations.position(tokens.at[i] ?? 0);
		const place = `${file.name}:${number}:`;
		if (place !== line) out += `${out === "" ? "" : "\n"}${place}`;
		line = place;
		out += ` ${text}`;
		if (out.length > 1e6) break;
	}
	const problems = diagnostics.map((d) => {
		const place = (at: typeof d.span) => (at ? `${at.file}:${at.line}:${at.column}: ` : "");
		const notes = (d.notes ?? []).map((n) => `  ${place(n.span)}note: ${n.message}\n`);
		return `${place(d.span)}${d.severity}: ${d.message}\n${notes.join("")}`;
	});
	return { tokens: out === "" ? "" : `${out}\n`, problems: problems.join("") };
}

const files = readdirSync(folder).filter((f) => f.endsWith(".txt"));

describe.each(files)("%s", (file) => {
	const cases = readCases(file);
	if (bless) writeCases(file, cases);
	test.each(bless ? readCases(file) : cases)("$name", (c) => {
		expect(shown(c)).toEqual({ tokens: c.tokens, problems: c.problems });
	});
});

/** clang's tokens and problems for a case. */
function ask(c: Case): { tokens: string[]; problems: string[]; ok: boolean } {
	const dir = mkdtempSync(join(tmpdir(), "skep-cpp-"));
	try {
		writeFileSync(join(dir, "main.c"), c.source);
		for (const [name, text] of c.headers) writeFileSync(join(dir, name), text);
		const flags = "-target bpf -mcpu=v3 -O2 -g -I. -nostdinc -E -P -fno-caret-diagnostics";
		const args = [...flags.split(" "), "-fno-color-diagnostics", "-ferror-limit=0", "main.c"];
		const { stdout, stderr, status } = spawnSync(clang, args, { cwd: dir, encoding: "utf8" });
		const problems = [...stderr.matchAll(/^(\S+?:\d+:\d+: )(?:fatal )?(error|warning): (.*)$/gm)]
			.map(
				([, at, severity, text]) =>
					`${at?.replace("./", "")}${severity}: ${text?.replace(/ \[-W[^\]]*\]$/, "")}`,
			)
			.sort();
		return { tokens: lexed(stdout), problems, ok: status === 0 };
	} finally {
		rmSync(dir, { recursive: true });
	}
}

/** The tokens of preprocessed text, pragma lines apart. */
function lexed(text: string): string[] {
	const names = new Names();
	const { length, text: ids } = new Lexer(names).lex(text.replace(/^#pragma.*$/gm, ""));
	return Array.from(ids.subarray(0, length), (id) => names.text(id));
}

/** Warnings of style that we leave out, and what clang says only when it compiles. */
const apart =
	/trigraph ignored|backslash and newline separated|escaped newline between|unknown pragma|unexpected character|missing terminating/;

const likeClang = files
	.flatMap((f) => readCases(f))
	.filter((c) => !c.name.includes("(not as clang"));

describe.skipIf(!clangThere)(`the same as ${clang}`, () => {
	test.each(likeClang)("$name", (c) => {
		const theirs = ask(c);
		const ours = run(c.source, c.headers);
		const problems = ours.diagnostics
			.map((d) => `${d.span?.file}:${d.span?.line}:${d.span?.column}: ${d.severity}: ${d.message}`)
			.sort();
		const kept = (lines: string[]) => lines.filter((line) => !apart.test(line));
		expect(kept(problems)).toEqual(kept(theirs.problems));
		if (!theirs.ok) return;
		const tokens = spellings(ours.tokens, ours.names).filter((t) => !t.startsWith("#pragma"));
		expect(tokens).toEqual(theirs.tokens);
	});
});

test("a header's tokens are kept, a guarded header is not read again", () => {
	const lexer = new Lexer(new Names());
	const headers = new Map([["a.h", "#ifndef A\n#define A\nint a;\n#endif\n"]]);
	const source = '#include "a.h"\n#include "a.h"\nint b;';
	const first = run(source, headers, { names: lexer.names, lexer });
	const again = run(source, headers, { names: lexer.names, lexer });
	expect(spellings(again.tokens, lexer.names)).toEqual(["int", "a", ";", "int", "b", ";"]);
	expect(again.tokens.length).toBe(first.tokens.length);
	expect(first.included).toEqual(["a.h"]);
	expect(lexer.lex(headers.get("a.h") ?? "")).toBe(lexer.lex(headers.get("a.h") ?? ""));
});
