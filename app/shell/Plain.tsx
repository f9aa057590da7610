// A file as plain text in the editor's own metrics: until the editor is there, and for files that have no text.

import { textOf, useProject } from "../stores/workspace.ts";
import { Empty, placed } from "../ui/index.ts";
import css from "./plain.module.css";

export function Plain({ path }: { readonly path: string | undefined }) {
	const source = useProject((p) => (path === undefined ? undefined : textOf(p, path)));
	if (source === undefined)
		return (
			<Empty
				icon="object"
				title={`${path ?? "This file"} is not text`}
				text="Its programs are in the Assembly panel, with the verdict of each in the sidebar."
			/>
		);
	const lines = source.split("\n").slice(0, 80);
	return (
		<pre className={css.plain} aria-hidden="true">
			{placed(lines).map(({ item: line, place }) => (
				<div key={place}>
					<i>{place + 1}</i>
					{line}
				</div>
			))}
		</pre>
	);
}
