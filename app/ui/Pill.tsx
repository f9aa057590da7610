// The verdict pill: icon, word, up to two facts.
import clsx from "clsx";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import css from "./pill.module.css";

export type Tone = "accept" | "reject" | "unsupported" | "warning" | "bug" | "none";

export interface PillProps {
	readonly tone: Tone;
	readonly icon: IconName;
	readonly word: string;
	readonly facts?: readonly string[];
	readonly stale?: boolean;
	/** What it says is of an older text, and the word on the newer one is on its way. */
	readonly busy?: boolean;
	/** The revision of the sources that the pill speaks of. */
	readonly revision?: number | undefined;
	readonly onClick?: () => void;
}

export function Pill({ tone, icon, word, facts = [], stale, busy, revision, onClick }: PillProps) {
	const body = (
		<>
			<Icon name={icon} />
			<b>{word}</b>
			{facts.map((fact) => (
				<i key={fact}>{fact}</i>
			))}
		</>
	);
	const name = clsx(css.pill, css[tone], stale && css.stale);
	if (!onClick) return <span className={name}>{body}</span>;
	return (
		<button
			type="button"
			className={name}
			onClick={onClick}
			title="Open the Verifier panel"
			data-revision={revision}
			aria-busy={busy}
		>
			{body}
		</button>
	);
}
