import { expect, test } from "vitest";
import { fromHex, toHex } from "../../engine/base/index.ts";
import { checksums, dissect, setField, summaryLine } from "../../engine/net/index.ts";
import {
	addable,
	begin,
	generated,
	layersOf,
	readBytes,
	shownValue,
	spaced,
	templates,
	typedValue,
	wholeNumber,
	withLayer,
	withoutLayer,
} from "./packet.ts";

const ids = (bytes: Uint8Array) => dissect(bytes).layers.map((l) => l.id);

test.each(templates.map((t) => [t.title, t] as const))("%s can be sent as it is", (_, t) => {
	const bytes = begin(t.id);
	const found = dissect(bytes);
	expect(ids(bytes)).toEqual(t.layers.map((l) => l.layer));
	expect(found.truncated).toBe(false);
	expect(found.layers.filter((l) => l.problem !== undefined)).toEqual([]);
	expect(checksums(bytes).filter((c) => c.status === "wrong")).toEqual([]);
	expect(toHex(readBytes(spaced(toHex(bytes))).bytes ?? new Uint8Array())).toBe(toHex(bytes));
});

test("a layer goes in and comes out again", () => {
	const bytes = begin("tcp");
	const tagged = withLayer(bytes, 1, "vlan").value ?? new Uint8Array();
	expect(ids(tagged)).toEqual(["eth", "vlan", "ip", "tcp"]);
	expect(toHex(withoutLayer(tagged, 1).value ?? new Uint8Array())).toBe(toHex(bytes));
});

test("every layer on offer can be put after a header that names it or holds it", () => {
	const below = (id: string) => (/^(tcp|udp|icmp|gre|data)$/.test(id) ? "ip" : "eth");
	for (const { id } of addable) {
		const bytes = id === "vxlan" ? withoutLayer(begin("vxlan"), 3).value : begin("tcp");
		const parts = layersOf(bytes ?? new Uint8Array());
		const at = id === "vxlan" ? 3 : parts.findIndex((l) => l.layer === below(id)) + 1;
		const made = withLayer(bytes ?? new Uint8Array(), at, id);
		expect(made.diagnostics, id).toEqual([]);
	}
});

test("typed bytes", () => {
	expect(readBytes("zz").error).toMatch(/hexadecimal/);
	expect(readBytes("").error).toBeDefined();
	expect(readBytes("01 02").bytes).toEqual(fromHex("0102"));
	expect(readBytes("0000  01 02 03\n").bytes).toEqual(fromHex("010203"));
});

test("typed values and counts", () => {
	expect(typedValue("0x10")).toBe(16);
	expect(typedValue("443")).toBe(443);
	expect(typedValue("10.0.0.1")).toBe("10.0.0.1");
	expect(typedValue("SYN")).toBe("SYN");
	expect(wholeNumber(" 20 ", 1, 100)).toBe(20);
	expect(wholeNumber("0", 1, 100)).toBeUndefined();
	expect(wholeNumber("1.5", 1, 100)).toBeUndefined();
	expect(wholeNumber("", 0, 100)).toBeUndefined();
});

test("generated packets follow what is there, the same for the same seed", () => {
	const made = generated("dns", 5, 7, 1000);
	expect(made).toHaveLength(5);
	expect(made[0]?.packet.time).toBe(1000);
	const times = made.map((m) => m.packet.time ?? 0);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(generated("dns", 5, 7, 1000)).toEqual(made);
	expect(generated("dns", 5, 8, 1000)).not.toEqual(made);
	expect(made.some((m) => /DNS/.test(summaryLine(dissect(m.bytes).summary)))).toBe(true);
});

test("every field, typed as it is shown, changes nothing", () => {
	for (const { id, title } of templates) {
		const bytes = begin(id);
		for (const [layer, { fields }] of dissect(bytes).layers.entries()) {
			const once = fields.filter((f) => fields.filter((g) => g.id === f.id).length === 1);
			for (const f of once) {
				if (f.length > 64 || f.kind === "name" || f.bitLength === 0) continue;
				const made = setField(bytes, { field: f.id, layer }, typedValue(shownValue(f)));
				expect(made.diagnostics, `${title} ${f.id}`).toEqual([]);
				expect(toHex(made.value ?? new Uint8Array()), `${title} ${f.id}`).toBe(toHex(bytes));
			}
		}
	}
});
