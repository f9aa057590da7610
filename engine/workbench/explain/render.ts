// A rejection as text: in one line for lists, and whole for terminals and logs.

import type { RejectionCard } from "../protocol.ts";
import { stepText } from "./path.ts";

/** `xdp.c:18: value may be NULL here ... [pointer/maybe-null]`. */
export function shortText(card: RejectionCard): string {
	return `${placeText(card)}${card.reason} [${card.id}]`;
}

function placeText({ file, line, pc }: RejectionCard): string {
	if (line !== undefined) return `${file}:${line}: `;
	return pc === undefined ? "" : `insn ${pc}: `;
}

/** Reason, source line, Linux's words, known, needed, usual mend, path; a line each, ends with a newline. */
export function longText(card: RejectionCard): string {
	const { pc, text } = card;
	const lines = [
		shortText(card),
		...(text ? [`    ${text}`] : []),
		...card.kernel.map((m) => `  linux    ${m}`),
		...(pc === undefined ? [] : [`  at       insn ${pc}`]),
		`  known    ${card.known}`,
		`  needed   ${card.needed}`,
		`  usually  ${card.usually}`,
		...card.path.map((step, i) => `  ${i === 0 ? "path" : "    "}     ${stepText(step)}`),
		...(card.fix ? [`  mend     ${card.fix.title}`] : []),
	];
	return `${lines.join("\n")}\n`;
}
