// An input that takes the place of a value while it is edited: Enter or leaving it ends the edit, Escape gives it up.

import type { InputHTMLAttributes } from "react";

export interface InPlaceProps
	extends Omit<InputHTMLAttributes<HTMLInputElement>, "onBlur" | "onKeyDown" | "defaultValue"> {
	readonly value: string;
	/** The text typed; undefined when it was given up. */
	readonly onDone: (typed: string | undefined) => void;
}

export function InPlace({ value, onDone, ...rest }: InPlaceProps) {
	return (
		<input
			{...rest}
			// biome-ignore lint/a11y/noAutofocus: the person asked to edit this very value
			autoFocus
			defaultValue={value}
			onBlur={(e) => onDone(e.target.value)}
			onKeyDown={(e) => {
				if (e.key === "Enter") e.currentTarget.blur();
				if (e.key === "Escape") onDone(undefined);
			}}
		/>
	);
}
