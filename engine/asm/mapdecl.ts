// `.map counts, type=array, key=4, value=8, max_entries=16, flags=0` → MapSpec.

import { mapType, mapTypes } from "../abi/index.ts";
import type { MapSpec } from "../object/index.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./expr.ts";
import { nearest } from "./suggest.ts";
import type { Token } from "./token.ts";
import type { Unit } from "./unit.ts";

/** Names of map types for completion. */
export const mapTypeNames: readonly string[] = mapTypes.flatMap((type) =>
	type && type.id !== 0 ? [type.name] : [],
);

type Field = "keySize" | "valueSize" | "maxEntries" | "flags" | "extra";

const fields: Readonly<Record<string, Field>> = {
	key: "keySize",
	key_size: "keySize",
	value: "valueSize",
	value_size: "valueSize",
	max_entries: "maxEntries",
	entries: "maxEntries",
	flags: "flags",
	map_flags: "flags",
	extra: "extra",
	map_extra: "extra",
};

export const mapKeys: readonly string[] = ["type", ...Object.keys(fields), "inner"];

/** Parses the operands of `.map` and declares the map. */
export function mapDirective(c: Cursor, unit: Unit): void {
	const token = c.peek;
	if (token.kind !== "name") {
		c.fail("asm/syntax", `expected a name, found ${c.found()}`);
		return;
	}
	c.next();
	const numbers: Record<Field, number> = {
		keySize: 0,
		valueSize: 0,
		maxEntries: 0,
		flags: 0,
		extra: 0,
	};
	let type: number | undefined;
	let inner: MapSpec | undefined;
	while (c.mark(",") && !c.error) {
		const key = c.next();
		c.need("=");
		if (c.error) break;
		if (key.text === "type") type = typeField(c);
		else if (key.text === "inner") inner = innerMap(c, unit);
		else numberField(c, unit, key, numbers);
	}
	const earlier = unit.maps.get(token.text)?.token ?? unit.labels.get(token.text)?.token;
	if (earlier) {
		unit.duplicate(token, earlier);
		return;
	}
	if (!c.error && c.done && type === undefined)
		c.fail("asm/bad-map", `map ${token.text} has no type=`, token);
	const { extra, ...rest } = numbers;
	const spec = {
		name: token.text,
		type: type ?? 0,
		...rest,
		...(extra ? { extra } : {}),
		...(inner ? { inner } : {}),
	};
	// Declared even when it has a fault, so that its uses are not faults too.
	unit.maps.set(token.text, { spec, token });
}

function typeField(c: Cursor): number | undefined {
	const token = c.next();
	const word = token.text.toLowerCase().replace(/^bpf_map_type_/, "");
	if (token.kind === "number") return Number(token.value ?? 0n);
	const known = mapType(word);
	if (known) return known.id;
	const fix = nearest(word, mapTypeNames);
	c.fail("asm/bad-map", `there is no map type ${token.text}`, token, token, fix);
	return undefined;
}

function innerMap(c: Cursor, unit: Unit): MapSpec | undefined {
	const token = c.next();
	const found = unit.maps.get(token.text);
	if (found) {
		unit.uses.push({ token, name: token.text });
		return found.spec;
	}
	const fix = nearest(token.text, unit.maps.keys());
	c.fail("asm/undefined-symbol", `there is no map ${token.text} above`, token, token, fix);
	return undefined;
}

function numberField(c: Cursor, unit: Unit, key: Token, numbers: Record<Field, number>): void {
	const field = Object.hasOwn(fields, key.text) ? fields[key.text] : undefined;
	if (!field) {
		const fix = nearest(key.text, mapKeys);
		const known = "type, key, value, max_entries, flags, map_extra, inner";
		c.fail("asm/bad-map", `expected one of ${known}, found ${key.text}`, key, key, fix);
		return;
	}
	const from = c.peek;
	const expr = parseExpr(c);
	if (c.error) return;
	const value = unit.settle(expr, from);
	if (value === undefined) return;
	if (value < 0n || value > 0xffffffffn)
		c.fail("asm/out-of-range", `${key.text} is a number from 0 to 4294967295`, from);
	else numbers[field] = Number(value);
}
