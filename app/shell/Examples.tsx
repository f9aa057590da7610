// The Examples activity: each opens as a project of its own.

import { useEffect } from "react";
import { openExample } from "../commands/examples.ts";
import { loadExamples, useExamples } from "../stores/examples.ts";
import { Icon, text } from "../ui/index.ts";
import css from "./tree.module.css";

export function Examples() {
	const { list, error } = useExamples();
	useEffect(() => void loadExamples(), []);
	const groups = [...new Set(list?.map((e) => e.group))];
	return (
		<>
			<div className={css.head}>
				<h2>Examples</h2>
			</div>
			{error && <p className={css.note}>The list could not be loaded: {error}</p>}
			{groups.map((group) => (
				<section key={group} aria-label={group}>
					<h3 className={css.group}>{group}</h3>
					<ul className={css.tree}>
						{list
							?.filter((e) => e.group === group)
							.map((example) => (
								<li key={example.id}>
									<button
										type="button"
										className={css.row}
										title={`${example.title}: ${example.packets.length} packets`}
										onClick={() => void openExample(example)}
									>
										<Icon name="examples" size={14} />
										<span className={text.cut}>{example.title}</span>
									</button>
								</li>
							))}
					</ul>
				</section>
			))}
		</>
	);
}
