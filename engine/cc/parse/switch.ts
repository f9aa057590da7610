// The labels of a `switch` (C11 6.8.1): values and GNU's ranges, each once. Knows nothing of the statements behind them.

import { type CaseLabel, type CType, errorType, wrap } from "../ast/index.ts";
import type { Location } from "../token.ts";
import { AsmParser } from "./asm.ts";
import { T } from "./code.ts";

export interface Switch {
	readonly type: CType;
	readonly cases: CaseLabel[];
	/** Ranges so far, to find one value twice. */
	readonly seen: {
		readonly low: bigint;
		readonly high: bigint;
		/** The lower bound before it was converted. */
		readonly written: bigint;
		readonly at: Location;
		readonly name?: string;
	}[];
}

export abstract class SwitchParser extends AsmParser {
	/** Those around the statement that is read, the innermost last. */
	readonly switches: Switch[] = [];

	/** `case value:`, `case low ... high:` or `default:`. */
	caseLabel(): CaseLabel | undefined {
		const { at } = this;
		const info = this.switches[this.switches.length - 1];
		const isDefault = this.is(T.default);
		const word = isDefault ? "default" : "case";
		this.next();
		const label = isDefault ? { at } : this.#bounds(info, at);
		if (!this.accept(T.colon))
			this.ctx.reports.error("expected", this.at, `expected ':' after '${word}'`);
		if (!info) {
			this.ctx.reports.error("case", at, `'${word}' statement not in switch statement`);
			return label;
		}
		if (!label) return undefined;
		const earlier = isDefault && info.cases.find((c) => c.low === undefined);
		if (earlier)
			this.ctx.reports.error("case", earlier.at, "multiple default labels in one switch", {
				notes: [{ message: "previous case defined here", at }],
			});
		info.cases.push(label);
		return label;
	}

	#bounds(info: Switch | undefined, at: Location): CaseLabel | undefined {
		const type = info?.type;
		const place = this.at;
		const written = this.ctx.reports.name(place);
		const first = this.constant();
		const last = this.accept(T.ellipsis) ? this.constant() : first;
		if (first === undefined || last === undefined || !type || type === errorType) return undefined;
		const low = wrap(first, type);
		const high = wrap(last, type);
		if (low > high) {
			this.ctx.reports.warning("empty-case-range", at, "empty case range specified");
			return undefined;
		}
		const twice = info.seen.find((s) => s.low <= high && low <= s.high);
		if (twice) {
			this.ctx.reports.error(
				"duplicate-case",
				place,
				duplicateCase(twice.name ?? `${twice.low}`, written ?? `${low}`, low),
				{
					notes: [{ message: "previous case defined here", at: twice.at }],
				},
			);
			return undefined;
		}
		info.seen.push({
			low,
			high,
			at: place,
			written: first,
			...(written === undefined ? {} : { name: written }),
		});
		return { low, high, at };
	}
}

function duplicateCase(first: string, second: string, value: bigint): string {
	if (first === second) return `duplicate case value '${first}'`;
	return `duplicate case value: '${first}' and '${second}' both equal '${value}'`;
}
