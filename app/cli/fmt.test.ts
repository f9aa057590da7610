// `skep fmt`: to standard output, in place, as a check.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { UsageError } from "./arguments.ts";
import { fmt } from "./fmt.ts";

let dir = "";
beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), "skep-fmt-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(...args: string[]) {
	const out: string[] = [];
	const err: string[] = [];
	const keep = (into: string[]) => (data: string | Uint8Array) =>
		into.push(typeof data === "string" ? data : Buffer.from(data).toString()) > 0;
	const spies = [
		vi.spyOn(process.stdout, "write").mockImplementation(keep(out)),
		vi.spyOn(process.stderr, "write").mockImplementation(keep(err)),
	];
	try {
		return { status: fmt(args), out: out.join(""), err: err.join("") };
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}

function file(name: string, text: string): string {
	const path = join(dir, name);
	writeFileSync(path, text);
	return path;
}

const loose = "int f(void){return 1;}\n";
const neat = "int f(void)\n{\n\treturn 1;\n}\n";

test("prints, and leaves the file alone", () => {
	const path = file("a.c", loose);
	expect(run(path)).toEqual({ status: 0, out: neat, err: "" });
	expect(readFileSync(path, "utf8")).toBe(loose);
});

test("-w writes in place, a folder means the sources in it; --check names what is not formatted", () => {
	const [c, s] = [file("b.c", loose), file("b.s", "r0 = 0\nexit\n")];
	file("b.txt", loose);
	const checked = run("--check", dir);
	expect(checked.status).toBe(1);
	expect(checked.out).toContain(`${c}\n${s}\n`);
	expect(run("-w", dir)).toEqual({ status: 0, out: "", err: "" });
	expect(readFileSync(c, "utf8")).toBe(neat);
	expect(readFileSync(s, "utf8")).toContain("\tr0 = 0");
	expect(readFileSync(join(dir, "b.txt"), "utf8")).toBe(loose);
	expect(run("--check", dir)).toEqual({ status: 0, out: "", err: "" });
});

test("brackets without a partner are told, other files refused", () => {
	const path = file("c.c", "int f(void) { g(;\n");
	const { status, err } = run(path);
	expect(status).toBe(0);
	expect(err).toContain("c.c:1:13: warning: '{' is never closed");
	expect(() => run(file("d.o", ""))).toThrow(UsageError);
});
