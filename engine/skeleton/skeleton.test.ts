import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { headerName, readSkeleton, skeletonHeader, skeletonModule } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/btf");
const path = join(folder, "globals.o");
const file = new Uint8Array(readFileSync(path));

function header(): string {
	const { value, diagnostics } = skeletonHeader(file, "globals");
	if (value === undefined) throw new Error(diagnostics[0]?.message);
	return value;
}

let dir = "";
beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), "skep-skeleton-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

test("what a skeleton lists: maps in libbpf's order, programs outside .text", () => {
	const { value } = readSkeleton(file, "globals");
	expect(value?.maps.map((m) => [m.name, m.ident])).toEqual([
		["counts", "counts"],
		["globals.data", "data"],
		[".rodata.str1.1", "rodata_str1_1"],
		["globals.rodata", "rodata"],
		[".data.mine", "data_mine"],
		["globals.bss", "bss"],
		["globals.kconfig", "kconfig"],
	]);
	expect(value?.programs).toEqual(["first", "second", "third"]);
	const kconfig = value?.maps.find((m) => m.ident === "kconfig")?.variables;
	expect(kconfig?.map((v) => [v.name, v.offset])).toEqual([
		["CONFIG_HZ", 0],
		["LINUX_KERNEL_VERSION", 8],
		["CONFIG_BPF", 12],
	]);
});

test("names: of files, of sections, of what is no identifier", () => {
	expect(headerName("/some/where/map-test.bpf.o")).toBe("map_test_bpf");
	const long = readSkeleton(file, "quite_a_long_name").value?.maps.map((m) => m.name);
	expect(long).toContain("quite_a_.bss");
	expect(long).toContain("quite_a.kconfig");
	expect(skeletonHeader(file, "7up").diagnostics[0]?.id).toBe("skeleton/name");
	expect(skeletonHeader(file.subarray(0, 40), "x").diagnostics[0]?.message).toContain("ELF");
});

test("the header is what bpftool 7.1 made of the object", () => {
	expect(header()).toBe(readFileSync(join(folder, "globals.skel.h"), "utf8"));
});

const version = spawnSync("bpftool", ["version"], { encoding: "utf8" }).stdout ?? "";

test.skipIf(!version.includes("v7.1."))("the same from bpftool 7.1 (skipped without it)", () => {
	const run = spawnSync("bpftool", ["gen", "skeleton", path], { encoding: "utf8" });
	expect(header()).toBe(run.stdout);
});

const libbpf =
	existsSync("/usr/include/bpf/libbpf.h") && spawnSync("cc", ["--version"]).status === 0;

test.skipIf(!libbpf)(
	"the header compiles against libbpf (skipped without cc and its headers)",
	() => {
		writeFileSync(join(dir, "globals.skel.h"), header());
		writeFileSync(
			join(dir, "use.c"),
			'#include <linux/types.h>\n#include <stdbool.h>\nstruct pair { int a; long long b; };\nenum mode { SLOW, FAST };\n#include "globals.skel.h"\nint main(void) { return globals__open_and_load() == NULL; }\n',
		);
		const run = spawnSync("cc", ["-Wall", "-Werror", "-fsyntax-only", join(dir, "use.c")], {
			encoding: "utf8",
		});
		expect(run.stderr).toBe("");
	},
);

describe("the TypeScript module", () => {
	interface Handle {
		lookup(key: unknown): Promise<unknown>;
		update(key: unknown, value: unknown): Promise<void>;
		read(): Promise<Record<string, unknown>>;
		write(variables: Record<string, unknown>): Promise<void>;
	}

	/** A host whose maps are byte strings, as the generated module sees it. */
	function host(sizes: Readonly<Record<string, number>>) {
		const values = new Map<string, Uint8Array>();
		const at = (map: string, key: Uint8Array) => `${map} ${[...key]}`;
		for (const [map, size] of Object.entries(sizes))
			values.set(at(map, new Uint8Array(4)), new Uint8Array(size));
		return {
			values,
			lookup: async (map: string, key: Uint8Array) => values.get(at(map, key)),
			update: async (map: string, key: Uint8Array, value: Uint8Array) => {
				values.set(at(map, key), value);
			},
			remove: async (map: string, key: Uint8Array) => values.delete(at(map, key)),
		};
	}

	async function opened(maps: ReturnType<typeof host>): Promise<Record<string, Handle>> {
		const { value = "" } = skeletonModule(file, "globals");
		const out = join(dir, "globals.ts");
		writeFileSync(out, value);
		const module: { globals: (m: typeof maps) => Record<string, Handle> } = await import(out);
		return module.globals(maps);
	}

	test("has no type errors", () => {
		const out = join(dir, "checked.ts");
		writeFileSync(out, skeletonModule(file, "globals").value ?? "");
		const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
		const options = ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022"];
		const run = spawnSync(tsc, [...options, "--module", "esnext", out], { encoding: "utf8" });
		expect(run.stdout).toBe("");
		expect(run.status).toBe(0);
	});

	test("variables are read and written by name; the bytes between stay", async () => {
		const maps = host({ "globals.bss": 64, "globals.data": 24 });
		const object = await opened(maps);
		const before = maps.values.get("globals.bss 0,0,0,0");
		before?.fill(0xff);
		await object["bss"]?.write({ total: 7n, pair: { a: -2, b: 5n } });
		const read = await object["bss"]?.read();
		expect(read).toMatchObject({
			total: 7n,
			pair: { a: -2, b: 5n },
			flags: { low: 7n, high: -1n },
		});
		const after = maps.values.get("globals.bss 0,0,0,0") ?? new Uint8Array();
		const changed = [...after].filter((b) => b !== 0xff).length;
		expect(changed).toBeGreaterThan(0);
		expect(changed).toBeLessThanOrEqual(24);
	});

	test("keys and values of maps have types", async () => {
		const maps = host({});
		const object = await opened(maps);
		await object["counts"]?.update(3, { a: 1, b: -1n });
		expect(await object["counts"]?.lookup(3)).toEqual({ a: 1, b: -1n });
		expect(await object["counts"]?.lookup(4)).toBeUndefined();
		expect([...(maps.values.get("counts 3,0,0,0") ?? [])].slice(8)).toEqual(Array(8).fill(255));
	});
});
