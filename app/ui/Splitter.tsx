// A 1 px line with an 8 px grab area between two areas. Sizes are pixels, kept by the caller; double click asks for
// the size as drawn; arrow keys move it by 16.
import clsx from "clsx";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import css from "./splitter.module.css";

export interface SplitterProps {
	readonly label: string;
	/** Vertical lines stand between left and right. */
	readonly line: "vertical" | "horizontal";
	/** Size in pixels of the area that the splitter belongs to. */
	readonly size: number;
	readonly min: number;
	readonly max: number;
	/** 1 when moving right or down makes the area larger, -1 when smaller. */
	readonly grows: 1 | -1;
	readonly onSize: (size: number) => void;
	readonly onReset: () => void;
}

export function Splitter({ label, line, size, min, max, grows, onSize, onReset }: SplitterProps) {
	const drag = useRef<{ at: number; size: number } | undefined>(undefined);
	const place = (e: PointerEvent) => (line === "vertical" ? e.clientX : e.clientY);
	const clamp = (n: number) => Math.round(Math.min(Math.max(n, min), Math.max(min, max)));
	const onKeyDown = (e: KeyboardEvent) => {
		const back = line === "vertical" ? "ArrowLeft" : "ArrowUp";
		const forth = line === "vertical" ? "ArrowRight" : "ArrowDown";
		if (e.key === "Enter") onReset();
		else if (e.key === back) onSize(clamp(size - 16 * grows));
		else if (e.key === forth) onSize(clamp(size + 16 * grows));
		else return;
		e.preventDefault();
	};
	return (
		// biome-ignore lint/a11y/useSemanticElements: a focusable separator is the ARIA window splitter; <hr> cannot be one
		<div
			role="separator"
			tabIndex={0}
			aria-label={label}
			aria-orientation={line}
			aria-valuenow={size}
			aria-valuemin={min}
			aria-valuemax={Math.max(min, max)}
			className={clsx(css.splitter, css[line])}
			onDoubleClick={onReset}
			onKeyDown={onKeyDown}
			onPointerDown={(e) => {
				e.currentTarget.setPointerCapture(e.pointerId);
				drag.current = { at: place(e), size };
			}}
			onPointerMove={(e) => {
				if (drag.current) onSize(clamp(drag.current.size + (place(e) - drag.current.at) * grows));
			}}
			onPointerUp={() => {
				drag.current = undefined;
			}}
		/>
	);
}
