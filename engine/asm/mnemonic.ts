// uBPF's mnemonics as an index into the instruction table.

import type { InsnRow } from "../isa/index.ts";
import { INSTRUCTIONS } from "../isa/index.ts";

/** Spellings that other assemblers of this dialect use. */
const aliases: readonly (readonly [string, string])[] = [
	["bswap16", "swap16"],
	["bswap32", "swap32"],
	["bswap64", "swap64"],
	["call helper", "call"],
	["jmp", "ja"],
];

const rows: ReadonlyMap<string, readonly InsnRow[]> = index();

function index(): ReadonlyMap<string, readonly InsnRow[]> {
	const map = new Map<string, InsnRow[]>();
	const add = (name: string, row: InsnRow) => {
		const list = map.get(name);
		if (list) list.push(row);
		else map.set(name, [row]);
	};
	for (const row of INSTRUCTIONS) {
		add(row.mnemonic, row);
		const arithmetic = row.shape === "alu-reg" || row.shape === "alu-imm" || row.shape === "neg";
		if (arithmetic && row.bits === 64) add(`${row.mnemonic}64`, row);
	}
	for (const [alias, name] of aliases) for (const row of map.get(name) ?? []) add(alias, row);
	return map;
}

/** Rows with this mnemonic: one, or a form with a register and one with an immediate. */
export function rowsOf(mnemonic: string): readonly InsnRow[] {
	return rows.get(mnemonic) ?? [];
}

export function isMnemonic(word: string): boolean {
	return rows.has(word);
}

/** All mnemonics, aliases included. */
export function mnemonics(): readonly string[] {
	return [...rows.keys()];
}
