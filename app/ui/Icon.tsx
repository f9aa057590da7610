// One icon of the table; decorative, so the word stands beside it or in the button's label.
import clsx from "clsx";
import css from "./icon.module.css";
import { type IconName, icons } from "./icons.tsx";

export interface IconProps {
	readonly name: IconName;
	readonly size?: 10 | 12 | 14 | 16 | 20;
	readonly className?: string | undefined;
}

export function Icon({ name, size = 16, className }: IconProps) {
	return (
		<svg
			className={clsx(css.icon, size < 16 && css.small, className)}
			width={size}
			height={size}
			viewBox="0 0 16 16"
			aria-hidden="true"
		>
			{icons[name]}
		</svg>
	);
}

/** The wordmark's skep. */
export function Mark() {
	return (
		<svg className={css.mark} viewBox="0 0 20 20" aria-hidden="true">
			<path d="M3 17c0-3 .6-5.2 1.5-7S7 3 10 3s4.6 5.2 5.5 7 1.5 4 1.5 7z" />
			<path d="M6.3 6.8h7.4M4.5 10.2h11M3.4 13.6h4.1M12.5 13.6h4.1M7.5 17v-2a2.5 2.5 0 0 1 5 0v2" />
		</svg>
	);
}
