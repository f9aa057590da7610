// One line of coloured assembly.

import { colourLine } from "../lib/colour.ts";
import css from "./code.module.css";

export function Code({ line }: { readonly line: string }) {
	return (
		<code className={css.code}>
			{colourLine(line).map((run, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: runs of one line never move
				<span key={at} className={css[run.colour]}>
					{run.text}
				</span>
			))}
		</code>
	);
}
