// Buttons: primary (one a screen), outline, plain; with an icon, a key cap, or an icon alone.
import clsx from "clsx";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import css from "./button.module.css";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
	readonly kind?: "primary" | "outline" | "plain" | "link";
	readonly small?: boolean;
	readonly icon?: IconName;
	readonly keys?: string | undefined;
	readonly children?: ReactNode;
}

export function Button({
	kind = "plain",
	small,
	icon,
	keys,
	className,
	children,
	...rest
}: ButtonProps) {
	return (
		<button
			type="button"
			className={clsx(css.button, css[kind], small && css.small, className)}
			{...rest}
		>
			{icon && <Icon name={icon} size={small ? 12 : 16} />}
			{children}
			{keys && (
				<span className={css.key} aria-hidden="true">
					{keys}
				</span>
			)}
		</button>
	);
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
	readonly icon: IconName;
	/** The accessible name, also the tooltip. */
	readonly label: string;
	readonly keys?: string | undefined;
	readonly small?: boolean;
}

export function IconButton({
	icon,
	label,
	keys,
	small = true,
	className,
	...rest
}: IconButtonProps) {
	return (
		<button
			type="button"
			className={clsx(css.button, css.alone, small && css.small, className)}
			aria-label={label}
			title={keys ? `${label} (${keys})` : label}
			{...rest}
		>
			<Icon name={icon} />
		</button>
	);
}

export function Key({ children }: { readonly children: ReactNode }) {
	return <kbd className={css.key}>{children}</kbd>;
}
