// A row of tabs: arrow keys move along it; each tab may carry an icon, a count and a cross beside it.

import { type DragEvent, Fragment, type KeyboardEvent, type MouseEvent } from "react";
import { Icon, type IconName } from "../ui/index.ts";
import css from "./tabs.module.css";

export interface Tab {
	readonly id: string;
	readonly title: string;
	readonly icon?: IconName;
	/** Behind the title: a verdict's icon. */
	readonly mark?: IconName | undefined;
	readonly tone?: string | undefined;
	readonly count?: number | undefined;
	/** A small dot: changed, or not yet saved. */
	readonly dot?: boolean;
	readonly onClose?: (() => void) | undefined;
	readonly draggable?: boolean;
}

export interface TabListProps {
	readonly label: string;
	readonly tabs: readonly Tab[];
	readonly active: string | undefined;
	readonly onPick: (id: string) => void;
	readonly onMenu?: (id: string, e: MouseEvent) => void;
	readonly onDragStart?: (id: string, e: DragEvent) => void;
}

export function TabList({ label, tabs, active, onPick, onMenu, onDragStart }: TabListProps) {
	const onKeyDown = (e: KeyboardEvent<HTMLElement>) => {
		const at = tabs.findIndex((t) => t.id === active);
		const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[e.key];
		const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length];
		if (!tab) return;
		e.preventDefault();
		onPick(tab.id);
		const buttons = e.currentTarget.querySelectorAll<HTMLElement>("[role=tab]");
		buttons[tabs.indexOf(tab)]?.focus();
	};
	return (
		<div className={css.list} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
			{tabs.map((tab) => (
				<Fragment key={tab.id}>
					<button
						type="button"
						role="tab"
						className={css.tab}
						style={tab.onClose ? { paddingRight: 26 } : undefined}
						aria-selected={tab.id === active}
						tabIndex={tab.id === active ? 0 : -1}
						draggable={tab.draggable}
						onClick={() => onPick(tab.id)}
						onContextMenu={(e) => onMenu?.(tab.id, e)}
						onDragStart={(e) => onDragStart?.(tab.id, e)}
						onAuxClick={(e) => e.button === 1 && tab.onClose?.()}
					>
						{tab.icon && <Icon name={tab.icon} size={12} />}
						{tab.title}
						{tab.mark && <Icon name={tab.mark} size={12} className={tab.tone && css[tab.tone]} />}
						{tab.count !== undefined && <span className={css.count}>{tab.count}</span>}
						{tab.dot && <span className={css.dot} title="Not saved yet" />}
					</button>
					{tab.onClose && (
						<button
							type="button"
							className={css.close}
							aria-label={`Close ${tab.title}`}
							tabIndex={-1}
							onClick={tab.onClose}
						>
							<Icon name="close" size={10} />
						</button>
					)}
				</Fragment>
			))}
		</div>
	);
}
