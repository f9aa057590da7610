// A choice bar: one of a few, as radio buttons.
import css from "./segments.module.css";

export interface SegmentsProps<T extends string> {
	readonly label: string;
	readonly value: T;
	readonly options: readonly { readonly value: T; readonly title: string }[];
	readonly onChange: (value: T) => void;
}

export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
	return (
		<span className={css.bar} role="radiogroup" aria-label={label}>
			{options.map((option) => (
				<label key={option.value} className={option.value === value ? css.on : undefined}>
					<input
						type="radio"
						name={label}
						checked={option.value === value}
						onChange={() => onChange(option.value)}
					/>
					{option.title}
				</label>
			))}
		</span>
	);
}
