// Every command that has keys, by group.

import { commands } from "../commands/registry.ts";
import { apple, showCombo } from "../lib/keys.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { Dialog, Key } from "../ui/index.ts";
import css from "./form.module.css";

/** What is no command of the page: the editor's own keys, and those of its panels. */
const own = [
	{
		title: "Editor",
		rows: [
			{ title: "Breakpoint on the line", keys: "F9" },
			{ title: "Complete", keys: "Mod+Space" },
			{ title: "Mend what is underlined", keys: "Mod+." },
			{ title: "Go to definition or label", keys: "F12" },
			{ title: "Rename, in C", keys: "F2" },
			{ title: "Next problem", keys: "F8" },
			{ title: "Problem before", keys: "Shift+F8" },
			{ title: "Find", keys: "Mod+F" },
			{ title: "Find and replace", keys: apple ? "Mod+Alt+F" : "Mod+H" },
			{ title: "Comment lines in or out", keys: "Mod+/" },
			{ title: "Move the line up", keys: "Alt+↑" },
			{ title: "Move the line down", keys: "Alt+↓" },
			{ title: "Next place like the selection", keys: "Mod+D" },
			{ title: "Leave the editor", keys: "Escape+Tab" },
		],
	},
	{
		title: "Panels",
		rows: [
			{ title: "Step through the marked packet", keys: "Enter" },
			{ title: "Edit a packet's field", keys: "F2" },
			{ title: "Next mark on the time line", keys: "PageUp" },
			{ title: "Mark before", keys: "PageDown" },
			{ title: "Complete in the terminal", keys: "Tab" },
			{ title: "Line before in the terminal", keys: "↑" },
		],
	},
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
				{[...groups, ...own].map((g) => (
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
