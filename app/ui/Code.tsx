// One line of coloured assembly.

import { colourLine } from "../lib/colour.ts";
import css from "./code.module.css";
import { placed } from "./placed.ts";

export function Code({ line }: { readonly line: string }) {
	return (
		<code className={css.code}>
			{placed(colourLine(line)).map(({ item: run, place }) => (
				<span key={place} className={css[run.colour]}>
					{run.text}
				</span>
			))}
		</code>
	);
}
