// Inline assembly: whether its template and constraints fit its operands. The text itself is the assembler's to judge.

import type { AsmOperand } from "../ast/index.ts";
import type { Location } from "../token.ts";
import type { Context } from "./context.ts";

/** What a template may refer to. */
export interface AsmParts {
	readonly template: string;
	readonly outputs: readonly AsmOperand[];
	readonly inputs: readonly AsmOperand[];
	readonly labels: readonly string[];
	/** Plain text: `asm("…")` without colons, in which `%` is nothing special. */
	readonly basic: boolean;
}

/** `at`: where the template begins. */
export function checkAsm(ctx: Context, parts: AsmParts, at: Location): void {
	const { outputs, inputs, labels, template } = parts;
	for (const { constraint, at: place } of outputs)
		if (!/^[=+]/.test(constraint)) {
			const text = `invalid output constraint '${constraint}' in asm`;
			ctx.reports.error("asm", place, text);
			return;
		}
	for (const { constraint, at: place } of inputs) {
		const tied = /^\d+$/.test(constraint) ? outputs[Number(constraint)] : undefined;
		if (/^\d+$/.test(constraint) && !tied) {
			const text = `invalid input constraint '${constraint}' in asm`;
			ctx.reports.error("asm", place, text);
			return;
		}
	}
	if (parts.basic) return;
	const names = [...outputs, ...inputs].map((o) => o.name);
	// Operands that are read and written count twice when labels are numbered.
	const both = outputs.filter((o) => o.constraint.startsWith("+")).length;
	const count = names.length + both + labels.length;
	for (const [, , label, number, name, position] of template.matchAll(
		/%(%|=|l\[([^\]]*)\]|l(\d+)|[wP]?\[([^\]]*)\]|[wP]?(\d+))/g,
	)) {
		const unknown =
			(label !== undefined && !labels.includes(label)) ||
			(name !== undefined && !names.includes(name) && !labels.includes(name));
		if (unknown) {
			const text = "unknown symbolic operand name in inline assembly string";
			ctx.reports.error("asm", at, text);
			return;
		}
		const index = Number(number ?? position ?? 0);
		if ((number !== undefined || position !== undefined) && index >= count) {
			ctx.reports.error("asm", at, "invalid operand number in inline asm string");
			return;
		}
	}
}
