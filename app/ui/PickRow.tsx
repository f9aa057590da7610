// A row of a list that a click picks, unless text in it is being selected. From the keyboard the list's arrow keys do the same.

import type { ComponentPropsWithoutRef } from "react";

export interface PickRowProps extends Omit<ComponentPropsWithoutRef<"div">, "onClick"> {
	readonly onPick: () => void;
}

export function PickRow({ onPick, children, ...rest }: PickRowProps) {
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the list do the same
		// biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys of the list do the same
		<div
			{...rest}
			onClick={(e) => {
				// A menu may hang inside a row; what is picked there is not the row.
				if ((e.target as Element).closest('[role="menu"]')) return;
				if (getSelection()?.isCollapsed ?? true) onPick();
			}}
		>
			{children}
		</div>
	);
}
