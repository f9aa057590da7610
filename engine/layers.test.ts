// The architecture, held as data: which folder of the engine may import which, and that nobody imports the app.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const engine = import.meta.dirname;
const app = join(engine, "../app");

const mayImport: Record<string, readonly string[]> = {
	base: [],
	isa: ["base"],
	btf: ["base"],
	net: ["base"],
	cfg: ["base", "isa"],
	abi: ["base", "isa", "btf"],
	object: ["base", "isa", "btf", "abi"],
	asm: ["base", "isa", "abi", "object"],
	elf: ["base", "isa", "btf", "abi", "object"],
	link: ["base", "isa", "btf", "object"],
	skeleton: ["base", "btf", "abi", "object", "elf"],
	ssa: ["base", "isa", "btf", "object"],
	codegen: ["base", "isa", "cfg", "btf", "object", "asm", "ssa"],
	cc: ["base", "isa", "btf", "abi", "object", "ssa", "codegen"],
	verifier: ["base", "isa", "btf", "abi", "cfg", "object"],
	machine: ["base", "isa"],
	vm: ["base", "isa", "object", "machine"],
	jit: ["base", "isa", "cfg", "object", "machine"],
	maps: ["base", "abi", "machine"],
	kernel: ["base", "isa", "btf", "abi", "net", "object", "maps", "machine"],
	debug: ["base", "isa", "object", "machine", "vm"],
};
const below = Object.keys(mayImport);
mayImport["workbench"] = below;
mayImport["testing"] = [...below, "workbench"];

function sources(root: string): string[] {
	return readdirSync(root, { recursive: true, encoding: "utf8" })
		.filter((f) => /\.tsx?$/.test(f) && !f.endsWith(".d.ts") && !f.startsWith("testdata"))
		.map((f) => join(root, f));
}

function imports(file: string): string[] {
	const text = readFileSync(file, "utf8");
	const found = text.matchAll(
		/(?:^|\n)\s*(?:import|export)\b[^;'"()=]*?\bfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|(?<![#.\w])import\(\s*["']([^"']+)["']/g,
	);
	return [...found].map((m) => m[1] ?? m[2] ?? m[3] ?? "");
}

function engineFolder(file: string): string | undefined {
	const rel = relative(engine, file);
	if (rel.startsWith("..")) return undefined;
	return rel.includes("/") ? rel.slice(0, rel.indexOf("/")) : "";
}

const files = sources(engine);
const tested = (file: string) => /\.(test|bench)\.tsx?$/.test(file);
const production = files.filter((f) => !tested(f) && !engineFolder(f)?.startsWith("testing"));

test("engine folders import downwards only, through index.ts, types included", () => {
	const faults: string[] = [];
	let seen = 0;
	for (const file of production) {
		const from = engineFolder(file);
		for (const path of imports(file)) {
			seen++;
			if (!path.startsWith(".")) {
				faults.push(`${relative(engine, file)}: package ${path}`);
				continue;
			}
			const target = resolve(dirname(file), path.replace(/\?.*$/, ""));
			const to = engineFolder(target);
			if (to === from && from !== "") continue;
			if (to === undefined || (from && !mayImport[from]?.includes(to)))
				faults.push(`${relative(engine, file)}: ${path}`);
			else if (!target.endsWith("/index.ts"))
				faults.push(`${relative(engine, file)}: not index.ts: ${path}`);
		}
	}
	expect(faults).toEqual([]);
	expect(seen).toBeGreaterThan(10);
});

test("every engine folder is in the table", () => {
	const folders = new Set(files.map((f) => engineFolder(f)).filter((f) => f && f !== "testdata"));
	expect([...folders].filter((f) => f && !mayImport[f])).toEqual([]);
});

test("no import cycles in engine or app", () => {
	const graph = new Map<string, string[]>();
	for (const file of [...production, ...sources(app).filter((f) => !tested(f))])
		graph.set(
			file,
			imports(file)
				.filter((p) => p.startsWith("."))
				.map((p) => resolve(dirname(file), p.replace(/\?.*$/, ""))),
		);
	expect(findCycle(graph)).toBeUndefined();
	expect(graph.size).toBeGreaterThan(5);
});

function findCycle(graph: Map<string, string[]>): string[] | undefined {
	const done = new Set<string>();
	const path: string[] = [];
	const visit = (node: string): string[] | undefined => {
		if (done.has(node)) return undefined;
		const at = path.indexOf(node);
		if (at >= 0) return path.slice(at).map((f) => relative(engine, f));
		path.push(node);
		for (const next of graph.get(node) ?? []) {
			const cycle = visit(next);
			if (cycle) return cycle;
		}
		path.pop();
		done.add(node);
		return undefined;
	};
	for (const node of graph.keys()) {
		const cycle = visit(node);
		if (cycle) return cycle;
	}
	return undefined;
}

/** `asm` for its language services: completion and colouring answer in the page itself. */
const appMayUse = ["isa", "abi", "base", "net", "asm", "workbench"];

test("the app reaches the engine through the workbench and the read-only tables", () => {
	const faults: string[] = [];
	for (const file of sources(app)) {
		if (/\/(worker|cli)\//.test(file) || tested(file)) continue;
		for (const path of imports(file)) {
			const to = path.startsWith(".") ? engineFolder(resolve(dirname(file), path)) : undefined;
			if (to !== undefined && !appMayUse.includes(to))
				faults.push(`${relative(app, file)}: ${path}`);
		}
	}
	expect(faults).toEqual([]);
});

/** Tables and dispatch switches, each with one row or case an instruction; listed by name. */
const longFiles = new Set<string>([
	"vm/dispatch.ts",
	"abi/kernelbtf/functions.ts",
	"abi/kernelbtf/structs.ts",
	"abi/kernelbtf/traces.ts",
]);

test("files stay under 600 lines, tables excepted", () => {
	const long = [...files, ...sources(app)].filter(
		(f) =>
			!tested(f) &&
			!longFiles.has(relative(engine, f)) &&
			readFileSync(f, "utf8").split("\n").length > 600,
	);
	expect(long.map((f) => relative(engine, f))).toEqual([]);
});
