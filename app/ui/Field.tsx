// Labelled inputs: a line of text with an error beside it, and a check box.
import clsx from "clsx";
import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import css from "./field.module.css";
import { Icon } from "./Icon.tsx";

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
	readonly label: string;
	/** The label is for assistive technology only. */
	readonly quiet?: boolean;
	readonly mono?: boolean;
	readonly error?: string | undefined;
}

export function Field({ label, quiet, mono, error, className, ...rest }: FieldProps) {
	const id = useId();
	return (
		<span className={clsx(css.field, className)}>
			{!quiet && <label htmlFor={id}>{label}</label>}
			<input
				id={id}
				className={clsx(css.input, mono && css.mono, error && css.bad)}
				aria-label={quiet ? label : undefined}
				aria-invalid={error ? true : undefined}
				spellCheck={false}
				autoComplete="off"
				{...rest}
			/>
			{error && (
				<span className={css.error} role="alert">
					<Icon name="reject" size={12} />
					{error}
				</span>
			)}
		</span>
	);
}

export interface CheckProps {
	readonly checked: boolean;
	readonly onChange: (checked: boolean) => void;
	readonly children: ReactNode;
	readonly disabled?: boolean;
}

export function Check({ checked, onChange, children, disabled }: CheckProps) {
	return (
		<label className={css.check}>
			<input
				type="checkbox"
				checked={checked}
				disabled={disabled}
				onChange={(e) => onChange(e.target.checked)}
			/>
			<span className={css.box}>{checked && <Icon name="check" size={12} />}</span>
			<span className={css.words}>{children}</span>
		</label>
	);
}
