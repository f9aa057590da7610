// What it costs to break a line before a token: the more, the deeper it is in brackets, and within an operand.

import type { Role } from "./frame.ts";
import type { Neighbours } from "./space.ts";
import { assignments } from "./words.ts";

export const never = 1e9;

export function breakCost(
	{ pieces, at, before, role: last, frame }: Neighbours,
	own: Role,
): number {
	const piece = pieces[at];
	const text = pieces[before]?.text ?? "";
	if (!piece || frame.kept || before !== at - 1 || /^[)\],;:]$/.test(piece.text)) return never;
	if (piece.text === "{" && last !== "comma") return never;
	const base = frame.depth * 10;
	if (last === "comma" || (text === ";" && frame.kind === "paren")) return base;
	if (text === "(" && last === "open") return base + 40;
	if (last === "binary" && own !== "binary") {
		if (assignments.has(text)) return base + 25;
		if (text === "&&" || text === "||") return base + 2;
		return base + (text === "?" || text === ":" ? 4 : 6);
	}
	if (piece.kind === "string" && pieces[before]?.kind === "string") return base + 6;
	return own === "attribute" && frame.kind === "top" && last !== "start" ? base + 15 : never;
}
