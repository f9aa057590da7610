// Format strings of bpf_snprintf, as far as the verifier looks at them (bpf_bprintf_prepare of the kernel).

import type { Env } from "./env.ts";
import { curReg, EINVAL } from "./env.ts";
import { directByte } from "./maps.ts";
import { constNumber } from "./reg.ts";
import { mapOf } from "./region.ts";

/** What may follow `%p`, each alone; the others are looked at below. */
const plainPointers = new Set(["K", "x", "s", "S", "B"]);

// Bytes beyond ASCII belong to these classes as in Latin-1.
const isSpace = (c: string | undefined) => c !== undefined && /[\t-\r \xa0]/.test(c);
const isPunct = (c: string | undefined) =>
	c !== undefined && /[!-/:-@[-`{-~\xa1-\xbf\xd7\xf7]/.test(c);
const ends = (c: string | undefined) => c === undefined || isSpace(c) || isPunct(c);

/** Where the conversion behind the `%` at `at` ends; -1 when there is none like it. */
function conversion(text: string, at: number): number {
	let i = at + 1;
	while (["0", "+", "-", " "].includes(text[i] ?? "")) i++;
	if (/[1-9]/.test(text[i] ?? "")) while (/[0-9]/.test(text[i] ?? "")) i++;
	if (text[i] === "p") return pointer(text, i);
	if (text[i] === "s") return ends(text[i + 1]) ? i : -1;
	if (text[i] === "c") return i;
	for (let n = 0; n < 2 && text[i] === "l"; n++) i++;
	return ["i", "d", "u", "x", "X"].includes(text[i] ?? "") ? i : -1;
}

function pointer(text: string, p: number): number {
	const [a, b] = [text[p + 1], text[p + 2]];
	if (ends(a)) return p;
	if ((a === "k" || a === "u") && b === "s") return ends(text[p + 3]) ? p + 2 : -1;
	if (plainPointers.has(a ?? "")) return p + (a === "B" ? 1 : 0);
	return (a === "i" || a === "I") && (b === "4" || b === "6") ? p + 2 : -1;
}

/** Whether the format is one that the kernel takes, with `most` values at the most. */
function isFormat(text: string, most: number): boolean {
	let used = 0;
	for (let i = 0; i < text.length; i++) {
		if (!/[\t-\r -~\x80-\xff]/.test(text[i] as string)) return false;
		if (text[i] !== "%") continue;
		if (text[i + 1] === "%") {
			i++;
			continue;
		}
		if (used >= most) return false;
		i = conversion(text, i);
		if (i < 0) return false;
		used++;
	}
	return true;
}

/** check_bpf_snprintf_call. */
export function checkFormat(env: Env): number {
	const reg = curReg(env, 3);
	const map = mapOf(env, reg);
	let text = "";
	for (let at = reg.off + constNumber(reg); at < map.valueSize; at++) {
		const byte = directByte(map, at);
		if (byte === 0) break;
		text += String.fromCharCode(byte);
	}
	const size = constNumber(curReg(env, 5));
	if (size % 8 !== 0) {
		env.failure ??= { errno: EINVAL, reason: "helper/format", pc: env.pc };
		return -EINVAL;
	}
	const values = size / 8;
	if (isFormat(text, values)) return 0;
	return env.fail(EINVAL, "helper/format", "Invalid format string");
}
