// The built-in headers: read without a problem, enough for real programs, and equal in values and layouts to those of a Linux system.
import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Lexer, preprocess } from "../lex/index.ts";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { headers } from "./index.ts";

const all = headers();
const clang = "clang-22";
const clangThere = spawnSync(clang, ["--version"]).status === 0;
const system = ["/usr/include/x86_64-linux-gnu", "/usr/include"];
const systemThere =
	existsSync("/usr/include/linux/bpf.h") && existsSync("/usr/include/bpf/bpf_helpers.h");
const probes = join(import.meta.dirname, "../../testdata/cc/headers");

const lexer = new Lexer(new Names());

function read(text: string) {
	const include = (name: string) => {
		const found = all.get(name);
		return found === undefined ? undefined : { name, text: found, system: false };
	};
	const options = { locations: new Locations(), names: lexer.names, include, lexer };
	return preprocess({ name: "main.c", text }, { ...options, target: { cpu: 3 } });
}

test.each([...all.keys()])("%s is read alone and twice", (name) => {
	const { diagnostics, fatal } = read(`#include <${name}>\n#include <${name}>\n`);
	expect(diagnostics).toEqual([]);
	expect(fatal).toBe(false);
});

test.each(readdirSync(probes))("%s includes nothing that is missing", (file) => {
	const { diagnostics, tokens } = read(readFileSync(join(probes, file), "utf8"));
	expect(diagnostics).toEqual([]);
	expect(tokens.length).toBeGreaterThan(500);
});

describe.skipIf(!clangThere)(`compiled by ${clang}`, () => {
	let dir = "";
	beforeAll(() => {
		dir = mkdtempSync(join(tmpdir(), "skep-headers-"));
		for (const [name, text] of all) {
			mkdirSync(dirname(join(dir, name)), { recursive: true });
			writeFileSync(join(dir, name), text);
		}
	});
	afterAll(() => rmSync(dir, { recursive: true }));

	const target = ["-target", "bpf", "-mcpu=v3", "-O2", "-g", "-nostdinc"];

	test.each(readdirSync(probes))("%s", (file) => {
		const args = [...target, "-Wall", "-Werror", "-Wno-unused-function", "-I", dir];
		const { stderr } = spawnSync(clang, [...args, "-fsyntax-only", join(probes, file)]);
		expect(String(stderr)).toBe("");
	});

	/** Values of expressions, those that are constants with the headers of one side. */
	function values(
		text: string,
		expressions: ReadonlyMap<string, string>,
		flags: readonly string[],
	) {
		const names = [...expressions.keys()];
		const prologue = text.split("\n").length;
		const wrong = new Set<number>();
		const out = new Map<string, string>();
		for (let round = 0; round < 3; round++) {
			const lines = names.map((name, i) =>
				wrong.has(i)
					? ""
					: `const long long v${i} __attribute__((used)) = (long long)(${expressions.get(name)});`,
			);
			writeFileSync(join(dir, "values.c"), `${text}\n${lines.join("\n")}\n`);
			const output = ["-w", "-ferror-limit=0", "-fno-caret-diagnostics", "-S", "-emit-llvm"];
			const args = [...flags, ...output, join(dir, "values.c"), "-o", "-"];
			const { stdout, stderr, status } = spawnSync(clang, args, {
				encoding: "utf8",
				maxBuffer: 1 << 28,
			});
			if (status === 0) {
				for (const [, i, value] of stdout.matchAll(/^@v(\d+) = .*?constant i64 (-?\d+)/gm))
					out.set(names[Number(i)] ?? "", value ?? "");
				return out;
			}
			const before = wrong.size;
			for (const [, line] of stderr.matchAll(/values\.c:(\d+):\d+: (?:fatal )?error/g))
				if (Number(line) > prologue) wrong.add(Number(line) - prologue - 1);
			if (wrong.size === before) throw new Error(stderr.slice(0, 2000));
		}
		throw new Error("errors without end");
	}

	// Both sides must have the header; these are not the kernel's, or not meant to be whole.
	const skipped =
		/^uapi\/|^skep\/|vmlinux|usdt|legacy|^bpf_|stdio|stdlib|unistd|^(?:linux|asm)\/(?:kernel|bitops|errno)|endian|byteswap|cdefs|features|^net\/if|errqueue|linux\/(?:version|compiler|kconfig)|strings|memory|mptcp|perf_event|bpf_tracing|bpf_helpers/;
	const shared = [...all.keys()].filter(
		(name) => !skipped.test(name) && system.some((path) => existsSync(join(path, name))),
	);

	/** Names of the structs, their members and the enumerators that a header declares. */
	function declared(text: string): Map<string, string> {
		const out = new Map<string, string>();
		for (const [, kind, name, body] of text.matchAll(/^(struct|union) (\w+) \{\n([\s\S]*?)^\}/gm)) {
			const type = `${kind} ${name}`;
			out.set(`sizeof ${type}`, `sizeof(${type})`);
			for (const [, member] of (body ?? "").matchAll(
				/^\t[^\t\n{}:]*?(\w+)(?:\[[^\n]*\])?(?: __attribute__[^\n]*)?;$/gm,
			))
				out.set(`${type}.${member}`, `__builtin_offsetof(${type}, ${member})`);
		}
		for (const [, name] of text.matchAll(/^\t([A-Za-z_]\w*)(?: = [^\n;]*)?,$/gm))
			out.set(name ?? "", name ?? "");
		for (const [, name] of text.matchAll(/^#define (\w+) \S/gm)) out.set(name ?? "", name ?? "");
		return out;
	}

	/** They grow with each release of Linux, or are counted from the last one. */
	const growing =
		/^(?:__\w*MAX\w*|\w*_MAX\w*|NR_\w+|__\w+_CNT|\w+_MAX_ID|MAX_BPF_\w+|sizeof .*|.*\.__(?:spare|pad|reserved)\w*|__BPF_FUNC\w*|TASKSTATS_VERSION|\w*_ALL|\w*_MASK|\w+_NUM|\w*NUMHOOKS|\w*NUMPROTO|LINUX_VERSION\w*|PERF_ATTR_SIZE\w*|INT_FAST\w*)$/;

	// Most go into one translation unit, those of the C library into another; the rest quarrel with headers of either.
	const alone =
		/linux\/(?:time|fcntl|stat|netlink|if_arp|un|uio|if_tunnel|vm_sockets|fs|mount|wait)\.h|signal|siginfo|resource|mman|netfilter_ipv/;
	const library = shared.filter((name) => !/^linux\/|^asm/.test(name) && !alone.test(name));
	const together = shared.filter((name) => !alone.test(name) && !library.includes(name));
	const rest = shared.filter((name) => alone.test(name)).map((name) => [name]);
	const groups = [together, library, ...rest];

	test.skipIf(!systemThere).each(groups.map((names) => ({ first: names[0], names })))(
		"$first has the system's values and layouts",
		({ names }) => {
			const text = ["linux/bpf.h", ...names].map((name) => `#include <${name}>`).join("\n");
			const expressions = new Map(names.flatMap((name) => [...declared(all.get(name) ?? "")]));
			if (expressions.size === 0) return;
			const ours = values(text, expressions, [...target, "-I", dir]);
			const theirs = values(text, expressions, ["-target", "x86_64-linux-gnu", "-D__bpf__"]);
			const differing = [...ours].filter(
				([key, value]) => theirs.has(key) && theirs.get(key) !== value && !growing.test(key),
			);
			expect(differing.map(([key, value]) => `${key}: ${value}, not ${theirs.get(key)}`)).toEqual(
				[],
			);
			if (names === together) expect(ours.size).toBeGreaterThan(2000);
		},
	);
});
