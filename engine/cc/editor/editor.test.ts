// What an editor is told of places in a C file. `|` marks the place asked for.
import { expect, test } from "vitest";
import {
	analyse,
	builtinHeaders,
	completionsAt,
	definitionAt,
	hoverAt,
	outline,
	renameAt,
	usesAt,
} from "../index.ts";

const head = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define LIMIT(n) ((n) * 2)
struct key { __u32 addr; __u16 port : 12; struct { int inner; }; };
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, struct key);
	__type(value, __u64);
	__uint(max_entries, 8);
} counts SEC(".maps");
static int twice(int number) { return number * 2; }
`;

const files = {
	read: (path: string) => (path === "own.h" ? "int shared(int deep);\n" : undefined),
	builtin: builtinHeaders(),
};
const options = { ...files, headers: ["linux/bpf.h", "linux/ip.h", "own.h"] };

function marked(body: string): { main: { name: string; text: string }; offset: number } {
	const text = head + body;
	const offset = text.indexOf("|");
	return { main: { name: "a.c", text: text.replace("|", "") }, offset };
}

const complete = (body: string) => {
	const { main, offset } = marked(body);
	return completionsAt(main, offset, options);
};

const at = (body: string) => {
	const { main, offset } = marked(body);
	return { analysis: analyse(main, options), file: "a.c", offset };
};

test("members of a pointer, anonymous ones included, although the line is not finished", () => {
	const { items } = complete("int f(struct key *k) { return k->|\n}");
	expect(items.map((c) => c.label)).toEqual(["addr", "port", "inner"]);
	expect(items[0]).toMatchObject({ kind: "member", detail: "__u32" });
	expect(items[1]?.detail).toBe("__u16 : 12");
});

test.each([
	["int f(struct key *k) { return LIMIT(k->|", "addr"],
	["int f(struct key *k) { return LIMIT(k->|); }", "addr"],
	['int f(struct key *k) { bpf_printk("%d", k->|\n}', "addr"],
	['int f(struct key *k) { bpf_printk("%d %d", (1 + 2), LIMIT(k->| ', "addr"],
	["int f(struct key *k) { if (k->addr && k->|", "addr"],
	["int f(struct key *k) { struct key c = { .|", "addr"],
	["int f(struct key *k) { struct key c = { .port = 1, .| = 3 }; }", "addr"],
	["int f(struct key *k) { take(&(struct key){ .| }); }", "addr"],
	["int f(void) { return __builtin_offsetof(struct key, |); }", "addr"],
	["struct pair { struct key a, b; } p = { .a = { .| } };", "addr"],
])("members: %s", (body, label) => {
	const { items } = complete(body);
	expect(items.find((c) => c.label === label)?.kind).toBe("member");
});

test.each(["unknown->|", "unknown.x|", "k->inner->|"])("nothing that is no member: %s", (text) => {
	const { items } = complete(`int f(struct key *k) { return ${text}\n}`);
	expect(items.filter((c) => c.kind !== "member")).toEqual([]);
});

test.each([
	["int f(struct xdp_md *ctx) { int local = 1; return lo|; }", "local", "variable"],
	["int f(void) { return twi|; }", "twice", "function"],
	["int f(void) { return XDP_PA|; }", "XDP_PASS", "constant"],
	["int f(void) { return LIM|; }", "LIMIT", "macro"],
	["int f(void) { bpf_map_lookup|; }", "bpf_map_lookup_elem", "function"],
	["int f(void) { struct ke|; }", "key", "type"],
	["__u6|", "__u64", "type"],
	["#include <linux/i|", "linux/ip.h", "header"],
	["#inc|", "include", "keyword"],
	["int f(void) { whi| }", "while", "keyword"],
])("%s offers %s", (body, label, kind) => {
	const { items } = complete(body);
	expect(items.find((c) => c.label === label)?.kind).toBe(kind);
});

test("a helper is offered with its prototype and documentation", () => {
	const { items } = complete("int f(void) { bpf_map_lookup|; }");
	const item = items.find((c) => c.label === "bpf_map_lookup_elem");
	expect(item?.detail).toContain("bpf_map_lookup_elem(");
	expect(item?.doc).toContain("since Linux 3.19");
});

test.each([
	[
		"int f(struct key *k) { return k->po|rt; }",
		"__u16 port : 12",
		"Bit 32, 12 bits wide in struct key.",
	],
	["int f(struct key *k) { return k->ad|dr; }", "__u32 addr", "Offset 0 in struct key."],
	["int f(int a) { return twi|ce(a); }", "int twice(int number)", undefined],
	["int f(int a) { long lo|cal = a; return local; }", "long local", "8 bytes."],
	["int f(int a) { return LIM|IT(a); }", "#define LIMIT(n) ((n) * 2)", undefined],
	["int f(int a) { return XDP_DR|OP; }", "XDP_DROP = 1", undefined],
])("hover: %s", (body, title, paragraph) => {
	const { analysis, file, offset } = at(body);
	const hover = hoverAt(analysis, file, offset);
	expect(hover?.title).toBe(title);
	if (paragraph) expect(hover?.paragraphs).toContain(paragraph);
});

test("definitions are found in the file, in headers, of macros, and of an include", () => {
	const place = (body: string) => {
		const { analysis, file, offset } = at(body);
		const found = definitionAt(analysis, file, offset);
		return (
			found &&
			`${found.span.file}:${found.span.line} ${found.text.slice(found.span.start, found.span.end)}`
		);
	};
	expect(place("int f(int a) { return twi|ce(a); }")).toBe("a.c:11 twice");
	expect(place("int f(int a) { return LIM|IT(a); }")).toBe("a.c:3 LIMIT");
	expect(place('#include "own.h"\nint f(int a) { return sha|red(a); }')).toBe("own.h:1 shared");
	expect(place('#include "ow|n.h"\n')).toBe("own.h:1 ");
	expect(place("int f(void) { return XDP_PA|SS; }")).toMatch(/linux\/bpf\.h:\d+ XDP_PASS/);
});

test("uses are those of the same thing, and a rename changes them all", () => {
	const body = "int g(int twice) { return twice; }\nint f(int a) { return twi|ce(a) + twice(2); }";
	const { analysis, file, offset } = at(body);
	expect(usesAt(analysis, file, offset)).toHaveLength(3);
	const renamed = renameAt(analysis, file, offset, "double_it");
	if ("error" in renamed) throw new Error(renamed.error);
	const text = [...renamed.edits]
		.sort((x, y) => y.span.start - x.span.start)
		.reduce((t, e) => t.slice(0, e.span.start) + e.text + t.slice(e.span.end), analysis.main.text);
	expect(text).toContain("static int double_it(int number)");
	expect(text).toContain("int g(int twice) { return twice; }");
	expect(text).toContain("return double_it(a) + double_it(2);");
	expect(renameAt(analysis, file, offset, "two words")).toHaveProperty("error");
});

test("the outline holds maps, functions and types in order", () => {
	const { analysis } = at("int f(void) { return 0;| }");
	expect(outline(analysis, "a.c").map((i) => `${i.kind} ${i.name}`)).toEqual([
		"type key",
		"map counts",
		"function twice",
		"function f",
	]);
});

test("any place of any text is answered", () => {
	const text = `${head}int f(struct key *k) { if (k->`;
	for (let offset = 0; offset <= text.length; offset += 7) {
		const main = { name: "a.c", text: text.slice(0, offset) };
		expect(() => completionsAt(main, offset, options)).not.toThrow();
		expect(() => hoverAt(analyse(main, options), "a.c", offset >> 1)).not.toThrow();
	}
});
