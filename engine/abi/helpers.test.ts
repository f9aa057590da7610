// The helper tables: complete, described, and as the running kernel has them.

import { describe, expect, test } from "vitest";
import {
	acquires,
	callsBack,
	castsPointer,
	helperById,
	helperByName,
	helpers,
	protoFor,
} from "./index.ts";

describe("helper rows", () => {
	test("ids are 1 to 211 without a gap, names unique", () => {
		expect(helpers.map((h) => h.id)).toEqual(Array.from({ length: 211 }, (_, i) => i + 1));
		expect(new Set(helpers.map((h) => h.name)).size).toBe(helpers.length);
	});

	test("every row has a prototype, a first release and a paragraph of its own", () => {
		for (const { name, doc, since, signature, protos } of helpers) {
			expect(doc.length, name).toBeGreaterThan(30);
			expect(doc.endsWith("."), name).toBe(true);
			expect(since, name).toMatch(/^[3-6]\.\d+$/);
			expect(signature, name).toContain(`${name}(`);
			expect(protos.length, name).toBeGreaterThan(0);
		}
		expect(new Set(helpers.map((h) => h.doc)).size).toBe(helpers.length);
	});

	test("the C prototype has as many arguments as the kernel's", () => {
		// Its flags are not in the kernel's prototype, so that they need not even be set.
		const unchecked = ["bpf_get_branch_snapshot"];
		for (const { name, signature, protos } of helpers) {
			if (unchecked.includes(name)) continue;
			const inner = signature.slice(signature.indexOf(`${name}(`) + name.length + 1, -1);
			const named = inner === "void" ? [] : inner.split(",").filter((arg) => arg.trim() !== "...");
			expect(
				protos.map((p) => p.args.length),
				name,
			).toContain(named.length);
		}
	});

	test("lookup by id and name", () => {
		for (const helper of helpers) {
			expect(helperById(helper.id)).toBe(helper);
			expect(helperByName(helper.name)).toBe(helper);
		}
		expect(helperByName("map_lookup_elem")?.id).toBe(1);
		expect(helperById(0)).toBeUndefined();
		expect(helperById(212)).toBeUndefined();
	});

	test("no program type gets two prototypes under one attach type", () => {
		for (const { name, protos } of helpers)
			for (const [i, a] of protos.entries())
				for (const b of protos.slice(i + 1))
					for (const type of a.types)
						if (b.types.includes(type))
							expect(a.attach?.[type], `${name} in ${type}`).toBeDefined();
	});

	test("a sized memory argument is followed by its size", () => {
		for (const { name, protos } of helpers)
			for (const { args } of protos)
				for (const [i, arg] of args.entries())
					if (arg.kind === "ARG_PTR_TO_MEM" && arg.size === undefined)
						expect(args[i + 1]?.kind ?? "none", `${name} argument ${i + 1}`).toMatch(
							/^ARG_CONST_SIZE/,
						);
	});

	test("releasing and calling back show in the arguments", () => {
		for (const { id, name, protos } of helpers)
			for (const { args } of protos) {
				const takesFunction = args.some((arg) => arg.kind === "ARG_PTR_TO_FUNC");
				expect(callsBack(id) !== undefined, name).toBe(takesFunction);
				if (castsPointer(id)) expect(args[0]?.kind, name).toMatch(/SOCK_COMMON$/);
			}
		expect(acquires(1)).toBe(false);
		expect(acquires(1, 15)).toBe(true);
		expect(acquires(131)).toBe(true);
	});

	test("program types get their own variant", () => {
		expect(protoFor(25, 6)?.args[0]?.kind).toBe("ARG_PTR_TO_CTX");
		expect(protoFor(44, 3)).toBeUndefined();
		expect(protoFor(57, 25, 21)).toBeUndefined();
		expect(protoFor(57, 25, 22)?.args[0]?.kind).toBe("ARG_PTR_TO_BTF_ID_SOCK_COMMON");
	});
});
