// A menu that hangs under its button: arrow keys move, Enter picks, Escape and a click outside close, focus returns.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import css from "./menu.module.css";

export interface MenuItem {
	readonly id: string;
	readonly title: string;
	readonly note?: string | undefined;
	readonly icon?: IconName | undefined;
	readonly tone?: string | undefined;
	readonly checked?: boolean;
	readonly disabled?: boolean;
	/** A line above the item. */
	readonly divided?: boolean;
	readonly onPick: () => void;
}

export interface MenuProps {
	readonly label: string;
	readonly className?: string | undefined;
	readonly title?: string;
	readonly items: () => readonly MenuItem[];
	readonly align?: "start" | "end";
	readonly children: ReactNode;
}

export function Menu({ label, className, title, items, align = "start", children }: MenuProps) {
	const [open, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => {
		setOpen(false);
		button.current?.focus();
	};
	return (
		<>
			<button
				ref={button}
				type="button"
				className={className}
				aria-label={label}
				aria-haspopup="menu"
				aria-expanded={open}
				title={title ?? label}
				onClick={() => setOpen(!open)}
				onKeyDown={(e) => e.key === "ArrowDown" && !open && setOpen(true)}
			>
				{children}
			</button>
			{open && button.current && (
				<MenuList
					label={label}
					items={items()}
					anchor={button.current}
					align={align}
					onClose={close}
				/>
			)}
		</>
	);
}

interface ListProps {
	readonly label: string;
	readonly items: readonly MenuItem[];
	readonly anchor: Element;
	readonly align: "start" | "end";
	readonly onClose: () => void;
}

export function MenuList({ label, items, anchor, align, onClose }: ListProps) {
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const node = list.current;
		if (!node) return;
		node.showPopover();
		const box = anchor.getBoundingClientRect();
		const left = align === "end" ? box.right - node.offsetWidth : box.left;
		const below = box.bottom + 4 + node.offsetHeight <= innerHeight;
		node.style.left = `${Math.max(4, Math.min(left, innerWidth - node.offsetWidth - 4))}px`;
		node.style.top = `${Math.max(4, below ? box.bottom + 4 : box.top - 4 - node.offsetHeight)}px`;
		const marked = node.querySelector<HTMLElement>('[aria-checked="true"]');
		(marked ?? node.querySelector<HTMLElement>("button:not(:disabled)"))?.focus();
	}, [anchor, align]);
	useEffect(() => {
		const outside = (e: PointerEvent) => {
			const target = e.target as Node;
			if (!list.current?.contains(target) && !anchor.contains(target)) onClose();
		};
		addEventListener("pointerdown", outside, true);
		return () => removeEventListener("pointerdown", outside, true);
	}, [anchor, onClose]);
	return (
		<div
			ref={list}
			popover="manual"
			role="menu"
			tabIndex={-1}
			aria-label={label}
			className={css.menu}
			onKeyDown={(e) => moveInMenu(e, onClose)}
		>
			{items.map((item) => (
				<button
					key={item.id}
					type="button"
					{...(item.checked === undefined
						? { role: "menuitem" }
						: { role: "menuitemradio", "aria-checked": item.checked })}
					disabled={item.disabled}
					className={item.divided ? css.divided : undefined}
					onClick={() => {
						onClose();
						item.onPick();
					}}
				>
					{item.icon && <Icon name={item.icon} className={item.tone} />}
					<span>{item.title}</span>
					{item.note && <i>{item.note}</i>}
					{item.checked && <Icon name="check" size={12} className={css.tick} />}
				</button>
			))}
		</div>
	);
}

function moveInMenu(e: KeyboardEvent<HTMLElement>, onClose: () => void): void {
	if (e.key === "Escape" || e.key === "Tab") {
		e.preventDefault();
		e.stopPropagation();
		onClose();
		return;
	}
	const all = [...e.currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled)")];
	const at = all.indexOf(document.activeElement as HTMLElement);
	const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
	if (next === undefined) return;
	e.preventDefault();
	all[(next + all.length) % all.length]?.focus();
}
