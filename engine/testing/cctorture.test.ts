// Functions that check the C of one clause of C11 each and give 0 or the line that failed: through the compiler and the checked
// interpreter, with values that it may and may not know beforehand, and through the host's compiler, which must agree.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../cc/index.ts";
import { type Build, build, hostCompiler, runInVm, wrapper } from "./ccrun.ts";

const folder = join(import.meta.dirname, "../testdata/cc/torture");
const files = readdirSync(folder).filter((f) => f.endsWith(".c"));

const opaque = "({ volatile __typeof__(__VA_ARGS__) opaque_ = (__VA_ARGS__); opaque_; })";

function prelude(hidden: boolean, names: readonly string[]): string {
	return `#define CHECK(...) do { if (!(__VA_ARGS__)) return __LINE__; } while (0)
#define NOINLINE __attribute__((noinline))
#define OPAQUE(...) ${hidden ? opaque : "(__VA_ARGS__)"}
${names.map((n) => `NOINLINE int ${n}(void);`).join("\n")}
#line 1
`;
}

const namesOf = (text: string) =>
	[...text.matchAll(/^int (\w+)\(void\)$/gm)].map((m) => m[1] ?? "");

/** All functions of a file behind one, which takes the number of the one to call. */
function dispatched(text: string, hidden: boolean): string {
	const names = namesOf(text);
	const cases = names.map((n, i) => `\tcase ${i}: return ${n}();`).join("\n");
	return `${prelude(hidden, names)}${text}
unsigned long fall(unsigned long a, unsigned long b)
{
	switch (a) {
${cases}
	}
	return -1;
}
`;
}

const builds: (Build & { hidden: boolean })[] = [
	{ cpu: 3, level: 2, hidden: true },
	{ cpu: 4, level: 2, hidden: false },
	{ cpu: 2, level: 0, hidden: true },
	{ cpu: 1, level: 1, hidden: false },
];

test.each(files.flatMap((f) => builds.map((b) => ({ file: f, ...b }))))(
	"$file: v$cpu, -O$level, hidden $hidden",
	({ file, cpu, level, hidden }) => {
		const text = readFileSync(join(folder, file), "utf8");
		const names = namesOf(text);
		const made = build(dispatched(text, hidden) + wrapper("all"), { cpu, level });
		if ("failure" in made) throw new Error(made.failure);
		const results = names.map((name, i) => {
			const [line] = runInVm(made.object, [[BigInt(i), 0n]]);
			return `${name} ${line}`;
		});
		expect(results).toEqual(names.map((name) => `${name} 0`));
		expect(names.length).toBeGreaterThan(2);
	},
);

const host = hostCompiler();

test.skipIf(!host)(`the host's compiler agrees${host ? "" : " (skipped: no C compiler)"}`, () => {
	const work = mkdtempSync(join(tmpdir(), "skep-torture-"));
	for (const file of files) {
		const text = readFileSync(join(folder, file), "utf8");
		const calls = namesOf(text).map((n) => `\tif (${n}()) return 1;`);
		writeFileSync(
			join(work, "a.c"),
			`${prelude(true, namesOf(text))}${text}\nint main(void)\n{\n${calls.join("\n")}\n\treturn 0;\n}\n`,
		);
		const made = spawnSync(host ?? "cc", ["-w", "-O1", "-fwrapv", "-o", "a", "a.c"], { cwd: work });
		expect(made.stderr.toString(), file).toBe("");
		expect(spawnSync(join(work, "a")).status, file).toBe(0);
	}
	rmSync(work, { recursive: true });
});

const refused = readFileSync(join(folder, "refused.txt"), "utf8")
	.split(/^== /m)
	.slice(1)
	.map((part) => {
		const [head = "", wanted = ""] = part.split("\n-- ");
		const at = head.indexOf("\n");
		return { name: head.slice(0, at), text: head.slice(at + 1), wanted: wanted.trim() };
	});

test.each(refused)("refused by name: $name", ({ text, wanted }) => {
	const options = { read: () => undefined, builtin: () => undefined };
	const { value, diagnostics } = compile({ name: "a.c", text }, options);
	const errors = diagnostics.filter((d) => d.severity === "error");
	expect(value !== undefined).toBe(false);
	expect(errors.map((d) => d.message).join("\n")).toMatch(new RegExp(wanted, "i"));
	expect(errors[0]?.span).toBeDefined();
});
