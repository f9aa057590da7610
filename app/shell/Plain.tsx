// A file as plain text in the editor's own metrics: until the editor is there, and for files that have no text.

import { textOf, useProject } from "../stores/workspace.ts";
import { Empty } from "../ui/index.ts";
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
			{lines.map((line, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name and never move
				<div key={at}>
					<i>{at + 1}</i>
					{line}
				</div>
			))}
		</pre>
	);
}
