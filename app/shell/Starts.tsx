// The ways to begin, over an empty file.

import { starts } from "../commands/starts.ts";
import { Icon } from "../ui/index.ts";
import css from "./starts.module.css";

export function Starts({ path }: { readonly path: string }) {
	return (
		<ul className={css.starts} aria-label="Ways to begin">
			{starts.map(({ icon, title, note, run }) => (
				<li key={title}>
					<button type="button" onClick={() => run(path)}>
						<Icon name={icon} />
						{title}
						<span>{note}</span>
					</button>
				</li>
			))}
		</ul>
	);
}
