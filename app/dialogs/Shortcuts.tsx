// Every command that has keys, by group.

import { commands } from "../commands/registry.ts";
import { showCombo } from "../lib/keys.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { Dialog, Key } from "../ui/index.ts";
import css from "./form.module.css";

const editor = [
	{ title: "Breakpoint on the line", keys: "F9" },
	{ title: "Complete", keys: "Mod+Space" },
	{ title: "Go to label", keys: "F12" },
	{ title: "Format the file", keys: "Alt+Shift+F" },
	{ title: "Next problem", keys: "F8" },
	{ title: "Leave the editor", keys: "Escape+Tab" },
];

export default function Shortcuts() {
	const groups = [...new Set(commands.map((c) => c.group))].map((title) => ({
		title,
		rows: commands
			.filter((c) => c.group === title)
			.flatMap((c) => {
				const keys = c.keys;
				return keys ? [{ title: c.title, keys }] : [];
			}),
	}));
	return (
		<Dialog title="Keyboard shortcuts" width={680} onClose={closeDialog}>
			<div className={css.keys}>
				{[...groups, { title: "Editor", rows: editor }].map((g) => (
					<section key={g.title}>
						<h3>{g.title}</h3>
						<ul>
							{g.rows.map((r) => (
								<li key={r.title}>
									<span>{r.title}</span>
									<span>
										{showCombo(r.keys)
											.split(" ")
											.map((k) => (
												<Key key={k}>{k}</Key>
											))}
									</span>
								</li>
							))}
						</ul>
					</section>
				))}
			</div>
		</Dialog>
	);
}
