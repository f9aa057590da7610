// The activity rail: what the sidebar shows; settings at the bottom.

import { perform } from "../commands/registry.ts";
import { pickActivity } from "../commands/view.ts";
import { useLayout } from "../stores/layout.ts";
import { Icon } from "../ui/index.ts";
import css from "./frame.module.css";
import { useWidth } from "./width.ts";

const activities = [
	{ id: "files", title: "Files" },
	{ id: "examples", title: "Examples" },
] as const;

export function Rail() {
	const { open: beside, activity } = useLayout((s) => s.sidebar);
	const over = useLayout((s) => s.over);
	const open = useWidth() === "wide" ? beside : over;
	return (
		<nav className={css.rail} aria-label="Activities">
			{activities.map(({ id, title }) => (
				<button
					key={id}
					type="button"
					aria-pressed={open && activity === id}
					onClick={() => pickActivity(id)}
				>
					<Icon name={id} size={20} />
					{title}
				</button>
			))}
			<span className={css.grow} />
			<button type="button" onClick={() => perform("settings")}>
				<Icon name="settings" size={20} />
				Settings
			</button>
		</nav>
	);
}
