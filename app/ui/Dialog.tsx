// A modal dialog over the native <dialog>: Escape and the cross close it, focus stays inside and returns afterwards.
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "./Button.tsx";
import css from "./dialog.module.css";

export interface DialogProps {
	readonly title: string;
	readonly width?: number;
	/** Without a heading row, for the palette. */
	readonly bare?: boolean;
	readonly onClose: () => void;
	readonly footer?: ReactNode;
	readonly children: ReactNode;
}

const firstField = "input:not([type=checkbox], [type=radio], :disabled), textarea";

export function Dialog({ title, width = 560, bare, onClose, footer, children }: DialogProps) {
	const box = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const node = box.current;
		const former = document.activeElement;
		if (node && !node.open) node.showModal();
		node?.querySelector<HTMLElement>(firstField)?.focus();
		// Nothing in a dialog can take the focus before it is open.
		node?.querySelector<HTMLElement>("input:not([type=radio], [type=checkbox]), textarea")?.focus();
		return () => {
			if (former instanceof HTMLElement) former.focus();
		};
	}, []);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes the dialog; the click is on the ground around it
		<dialog
			ref={box}
			className={css.dialog}
			style={{ width: `min(${width}px, calc(100vw - 16px))` }}
			aria-label={title}
			onCancel={(e) => {
				e.preventDefault();
				onClose();
			}}
			onClick={(e) => e.target === box.current && onClose()}
		>
			{!bare && (
				<header>
					<h2>{title}</h2>
					<IconButton icon="close" label="Close" small={false} onClick={onClose} />
				</header>
			)}
			<div className={bare ? css.bare : css.body}>{children}</div>
			{footer && <footer>{footer}</footer>}
		</dialog>
	);
}
