// `.entry counts, 3, 17` and `.entry jumps, 0, other_program`: what a map holds before the program runs.

import type { MapEntry, MapSpec, ProgramSpec } from "../object/index.ts";
import { constant } from "./constants.ts";
import type { Cursor } from "./cursor.ts";
import { stringBytes } from "./data.ts";
import { type Expr, parseExpr } from "./expr.ts";
import type { Entry, Operand } from "./item.ts";
import type { Token } from "./token.ts";
import type { Unit } from "./unit.ts";

/** Map types whose values are programs (3: prog_array) or maps (12, 13). */
const ofPrograms = new Set([3]);
const ofMaps = new Set([12, 13]);

/** Parses the operands of `.entry`. */
export function parseEntry(c: Cursor): Entry | undefined {
	const map = c.next();
	if (map.kind !== "name") c.fail("asm/syntax", "expected the name of a map", map);
	c.need(",");
	const key = operand(c);
	c.need(",");
	const value = operand(c);
	return c.error ? undefined : { map, key, value };
}

function operand(c: Cursor): Operand {
	const token = c.peek;
	if (token.kind === "string") {
		c.next();
		return { kind: "bytes", bytes: stringBytes(token.text), token };
	}
	const alone = c.ahead(1).kind === "end" || c.ahead(1).text === ",";
	if (token.kind === "name" && alone && constant(token.text) === undefined) {
		c.next();
		return { kind: "name", token };
	}
	return { kind: "number", expr: parseExpr(c), token };
}

/** The maps with their entries put in; problems go to the unit. */
export function fillMaps(
	unit: Unit,
	entries: readonly Entry[],
	maps: readonly MapSpec[],
	programs: readonly ProgramSpec[],
): MapSpec[] {
	const filled = [...maps];
	for (const entry of entries) {
		unit.uses.push({ token: entry.map, name: entry.map.text });
		const at = maps.findIndex((m) => m.name === entry.map.text);
		const map = filled[at];
		if (map) filled[at] = filledWith(unit, map, entry, maps, programs);
		else undefinedName(unit, entry.map, "map", maps);
	}
	return filled;
}

function undefinedName(
	unit: Unit,
	token: Token,
	kind: string,
	known: readonly { readonly name: string }[],
): void {
	const fix = unit.suggest(
		token.text,
		known.map((k) => k.name),
	);
	const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
	const message = `there is no ${kind} ${token.text}${hint}`;
	unit.problem("asm/undefined-symbol", message, token, token, fix);
}

function filledWith(
	unit: Unit,
	map: MapSpec,
	{ key, value }: Entry,
	maps: readonly MapSpec[],
	programs: readonly ProgramSpec[],
): MapSpec {
	const holds = ofPrograms.has(map.type) ? programs : ofMaps.has(map.type) ? maps : undefined;
	if (!holds) {
		const entry: MapEntry = {
			key: bytesOf(unit, key, map.keySize),
			value: bytesOf(unit, value, map.valueSize),
		};
		return { ...map, init: [...(map.init ?? []), entry] };
	}
	const { token } = value;
	if (value.kind !== "name" || !holds.some((h) => h.name === token.text)) {
		undefinedName(unit, token, holds === programs ? "program" : "map", holds);
		return map;
	}
	const number = key.kind === "number" ? unit.settle(key.expr, key.token) : undefined;
	const slot = { key: Number(number ?? 0n), target: token.text };
	return { ...map, slots: [...(map.slots ?? []), slot] };
}

/** The operand as `size` bytes, numbers little-endian, zeros behind. */
function bytesOf(unit: Unit, operand: Operand, size: number): Uint8Array {
	const bytes = new Uint8Array(Math.min(size, 1 << 20));
	const { token } = operand;
	if (operand.kind === "bytes") {
		if (operand.bytes.length > size)
			unit.problem("asm/out-of-range", `${token.text} is longer than ${size} bytes`, token);
		bytes.set(operand.bytes.subarray(0, bytes.length));
		return bytes;
	}
	const expr: Expr = operand.kind === "number" ? operand.expr : { kind: "symbol", token };
	const value = unit.settle(expr, token);
	if (value === undefined) return bytes;
	const bits = BigInt(Math.min(size, 8) * 8);
	if (value >= 1n << bits || value < -(1n << (bits === 0n ? 0n : bits - 1n)))
		unit.problem("asm/out-of-range", `${value} does not fit ${size} bytes`, token);
	const n = BigInt.asUintN(64, value);
	for (let i = 0; i < bytes.length && i < 8; i++) bytes[i] = Number((n >> BigInt(8 * i)) & 255n);
	return bytes;
}
