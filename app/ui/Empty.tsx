// An empty panel: what will be here, and the two or three ways to get it.
import type { ReactNode } from "react";
import css from "./empty.module.css";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";

export interface EmptyProps {
	readonly icon: IconName;
	readonly title: string;
	readonly text: string;
	readonly children?: ReactNode;
}

export function Empty({ icon, title, text, children }: EmptyProps) {
	return (
		<div className={css.empty}>
			<Icon name={icon} size={20} className={css.icon} />
			<h3>{title}</h3>
			<p>{text}</p>
			{children && <div className={css.acts}>{children}</div>}
		</div>
	);
}
