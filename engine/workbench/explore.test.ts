// An object of clang's as the explorer shows it: what was left open, where it went, and its variables by name.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readObject, readRelocatable } from "../elf/index.ts";
import { type Explored, objectView, typeById, typeRows, withGlobal } from "./explore.ts";
import { builtPrograms } from "./programs.ts";

function explored(name: string): Explored {
	const bytes = readFileSync(join(import.meta.dirname, "../testdata/elf", name));
	const object = readObject(bytes, name.replace(/\.o$/, "")).value;
	const relocatable = readRelocatable(bytes).value;
	if (!object || !relocatable) throw new Error("not read");
	return { object, relocatable, programs: builtPrograms(object, undefined) };
}

test("sections and symbols are those of the file", () => {
	const { sections, symbols } = objectView(explored("firewall.o"));
	expect(sections.map((s) => s.name)).toEqual(expect.arrayContaining(["xdp", ".maps", "license"]));
	expect(sections.find((s) => s.name === "xdp")).toMatchObject({ kind: "code", align: 8 });
	expect(symbols.find((s) => s.kind === "function" && s.section === "xdp")?.value).toBe(0);
});

test("a relocation shows the instruction before and after", () => {
	const { relocations } = objectView(explored("firewall.o"));
	const row = relocations.find((r) => r.section === "xdp");
	expect(row?.type).toBe("R_BPF_64_64");
	expect(row?.before).toMatch(/^r\d = 0x0 ll$|^r\d = 0 ll$/);
	expect(row?.after).not.toBe(row?.before);
	expect(row?.pc).toBe((row?.offset ?? 0) / 8);
});

test("global variables have their values, and a new one makes the whole value of the map", () => {
	const it = explored("globals.o");
	const { globals } = objectView(it);
	const limit = globals.find((g) => g.name === "limit");
	expect(limit).toMatchObject({
		type: "const volatile int",
		value: "10",
		frozen: true,
		number: true,
	});
	const made = withGlobal(it, limit?.map ?? "", "limit", "-2");
	const before = it.object.maps.find((m) => m.name === limit?.map)?.init?.[0]?.value;
	expect("value" in made && made.value.length).toBe(2 * (before?.length ?? 0));
	expect("value" in made && made.value.slice(2 * (limit?.offset ?? 0)).slice(0, 8)).toBe(
		"feffffff",
	);
});

test.each([
	["limit", "ten", "limit: a number of 4 bytes was expected"],
	["limit", "4294967296", "limit: a number of 4 bytes was expected"],
	["text", "00", "text: 12 hexadecimal digits was expected"],
	["absent", "1", "there is no variable absent in "],
])("%s set to %s is refused", (name, text, message) => {
	const it = explored("globals.o");
	const map = objectView(it).globals.find((g) => g.name === name)?.map ?? "";
	expect(withGlobal(it, map, name, text)).toEqual({ error: message });
});

test("types are found by name and opened with offsets", () => {
	const { btf } = explored("firewall.o").object;
	const { total, rows } = typeRows(btf, "xdp_md", 0, 10);
	expect(total).toBeGreaterThan(0);
	expect(rows[0]).toMatchObject({ text: "struct xdp_md", size: 24 });
	expect(rows[0]?.members[1]).toMatchObject({ name: "data_end", bitOffset: 32, size: 4 });
	expect(typeById(btf, rows[0]?.id ?? 0)).toEqual(rows[0]);
	expect(typeById(btf, 99999)).toBeUndefined();
	expect(typeRows(undefined, "", 0, 10)).toEqual({ total: 0, rows: [] });
	const variable = typeRows(btf, "rules", 0, 10).rows.find((r) => r.kind === "var");
	expect(variable?.members.map((m) => m.name)).toContain("max_entries");
});
