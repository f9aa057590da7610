// What the options of the preprocessor do, and what it says of macros.
import { expect, test } from "vitest";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { expansionNotes, type PreprocessOptions, preprocess } from "./index.ts";

const folders: Readonly<Record<string, string>> = {
	"one/a.h": "one\n#include_next <a.h>\n",
	"two/a.h": "two __FILE__ __BASE_FILE__ __INCLUDE_LEVEL__\n",
	"one/force.h": "#pragma once\nforced\n",
	"one/broken.h": "#define BROKEN(a) a +\n#warning not shown\n",
};

function run(text: string, more: Partial<PreprocessOptions> = {}) {
	const names = new Names();
	const locations = new Locations();
	const include = (name: string, from: string, _angled: boolean, next: boolean) => {
		const list = ["one", "two"].map((folder) => `${folder}/${name}`);
		const start = next ? list.indexOf(from) + 1 : 0;
		const found = list.slice(start).find((path) => folders[path] !== undefined);
		return found === undefined
			? undefined
			: { name: found, text: folders[found] ?? "", system: true };
	};
	const options = { locations, names, include, target: { cpu: 3 } as const, ...more };
	const result = preprocess({ name: "main.c", text }, options);
	const { tokens } = result;
	const ids = Array.from(tokens.text.subarray(0, tokens.length - 1), (id) => names.text(id));
	return { ...result, text: ids.join(" "), locations };
}

test("include_next goes on behind the folder of the file", () => {
	const { text, included } = run("#include <a.h>\n");
	expect(text).toBe('one two "two/a.h" "main.c" 2');
	expect(included).toEqual(["one/a.h", "two/a.h"]);
});

test("a copy of a common header that is not there", () => {
	const include = (name: string) =>
		/^(?:bpf\/bpf_helpers|vmlinux)\.h$/.test(name)
			? { name, text: `<${name}>`, system: true }
			: undefined;
	const source = '#include "../headers/bpf_helpers.h"\n#include "vmlinux_x86.h"\n';
	const { text, diagnostics } = run(source, { include });
	expect(text).toBe("< bpf / bpf_helpers . h > < vmlinux . h >");
	expect(diagnostics.map((d) => `${d.severity}: ${d.message}`)).toEqual([
		"warning: '../headers/bpf_helpers.h' file not found, <bpf/bpf_helpers.h> is read instead",
		"warning: 'vmlinux_x86.h' file not found, <vmlinux.h> is read instead",
	]);
	const other = run('#include "../headers/maps.h"\n', { include });
	expect(other.diagnostics.map((d) => d.message)).toEqual(["'../headers/maps.h' file not found"]);
});

test("definitions of the command line, headers that are forced", () => {
	const defines = [
		{ name: "N", value: "3" },
		{ name: "ADD(a, b)", value: "a + b" },
	];
	const more = { defines, undefines: ["__bpf__"], forced: ["force.h", "force.h"] };
	expect(run("ADD(N, 4) __bpf__ __BPF__\n", more).text).toBe("forced 3 + 4 __bpf__ 1");
});

test("an imported header is read once", () => {
	expect(run("#import <a.h>\n#import <a.h>\n").text.match(/one/g)?.length).toBe(1);
});

test("each cpu has its features", () => {
	const source = "#ifdef __BPF_FEATURE_LDSX\nv4\n#endif\n__BPF_CPU_VERSION__\n";
	expect([1, 4].map((cpu) => run(source, { target: { cpu: cpu as 1 | 4 } }).text)).toEqual([
		"1",
		"v4 4",
	]);
});

test("macros that stand at the end of the file", () => {
	const { macros, locations } = run("#define A 1\n#define F(x, ...) x\n#define B\n#undef B\n");
	expect(macros.get("F")).toMatchObject({ parameters: ["x", "__VA_ARGS__"], variadic: true });
	expect(macros.get("A")?.parameters).toBeUndefined();
	expect(macros.has("B")).toBe(false);
	const place = locations.position(macros.get("F")?.at ?? 0);
	expect([place.file.name, place.line, place.column]).toEqual(["main.c", 2, 9]);
	expect(locations.position(macros.get("__clang__")?.at ?? 0).file.system).toBe(true);
});

test("a token says which macros made it; an argument stands where the user wrote it", () => {
	const { tokens, locations } = run(
		"#define IN(x) x * 2\n#define OUT(y) IN(y + 1)\nint a = OUT(7);\n",
	);
	const at = (i: number) => tokens.at[i] ?? 0;
	const notes = (i: number) =>
		expansionNotes(locations, at(i)).map((n) => `${n.span?.line}:${n.span?.column} ${n.message}`);
	expect([3, 4, 5, 6, 7].map((i) => locations.position(at(i)).column)).toEqual([13, 9, 9, 9, 9]);
	expect(notes(3)).toEqual([]);
	expect(notes(4)).toEqual(["2:21 expanded from macro 'OUT'"]);
	expect(notes(6)).toEqual(["1:17 expanded from macro 'IN'", "2:16 expanded from macro 'OUT'"]);
});

test("what stops everything is said", () => {
	const missing = run("#include <nope.h>\nint a;\n");
	expect(missing.fatal).toBe(true);
	expect(missing.text).toBe("int a ;");
	expect(run("#error no\n").fatal).toBe(false);
});

test("warnings in system headers are not shown", () => {
	expect(run("#include <broken.h>\n").diagnostics).toEqual([]);
});

test("a directive that is nearly right", () => {
	const [problem] = run("#inclde <a.h>\n").diagnostics;
	expect(problem?.message).toBe("invalid preprocessing directive, did you mean '#include'?");
	expect(problem?.fix?.edits).toMatchObject([{ text: "include", span: { start: 1, end: 7 } }]);
});

test("the answers of __has_builtin are the compiler's", () => {
	const abilities = {
		builtin: (n: string) => n === "x",
		attribute: () => true,
		feature: () => false,
	};
	expect(run("__has_builtin(x) __has_builtin(y) __has_attribute(z)\n", { abilities }).text).toBe(
		"1 0 1",
	);
});

test("places in headers do not move when the program grows", () => {
	const place = (text: string) => {
		const { tokens } = run(text);
		return tokens.at[0];
	};
	const header = "#include <a.h>\n";
	expect(place(`${header}int a;\n`)).toBe(place(`${header}int longer_name;\nint more;\n`));
	expect(place(header)).toBeGreaterThan(0xffff);
});
