// Where panels stand and how large the docks are; persisted with a version. `arrange` says what is shown at a width.

import { useStore } from "zustand";
import { persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";

export const panelIds = [
	"assembly",
	"verifier",
	"registers",
	"stack",
	"maps",
	"packets",
	"terminal",
	"problems",
	"output",
	"object",
] as const;
export type PanelId = (typeof panelIds)[number];
export type DockId = "side" | "right" | "bottom";
export type Activity = "files" | "examples";

export interface Dock {
	readonly tabs: readonly PanelId[];
	readonly active?: PanelId | undefined;
	readonly open: boolean;
	readonly size: number;
}

export interface Layout {
	readonly docks: Readonly<Record<DockId, Dock>>;
	readonly sidebar: { readonly open: boolean; readonly size: number; readonly activity: Activity };
	/** The sidebar lies over the editor, on pages too narrow to have it beside. */
	readonly over: boolean;
	/** Open editor tabs; a path, or `panel:ID` where a dock became a tab. */
	readonly tabs: readonly string[];
	readonly tab?: string | undefined;
	/** The area that has the keyboard, for the honey line. */
	readonly focus: DockId | "editor";
	/** The phone's one panel; `code` or a panel. */
	readonly phone: PanelId | "code" | "more" | Activity;
}

export const drawn: Layout = {
	docks: {
		side: { tabs: ["assembly"], active: "assembly", open: true, size: 328 },
		right: {
			tabs: ["verifier", "registers", "stack", "maps"],
			active: "registers",
			open: true,
			size: 368,
		},
		bottom: {
			tabs: ["packets", "terminal", "problems", "output", "object"],
			active: "packets",
			open: true,
			size: 272,
		},
	},
	sidebar: { open: true, size: 180, activity: "files" },
	over: false,
	tabs: [],
	focus: "editor",
	phone: "code",
};

const startDocks: Layout["docks"] = {
	...drawn.docks,
	right: { ...drawn.docks.right, active: "verifier" },
	bottom: {
		...drawn.docks.bottom,
		open: typeof innerHeight === "undefined" || innerHeight >= 700,
	},
};

export const layout = createStore<Layout>()(
	persist<Layout, [], [], Omit<Layout, "focus" | "over">>(
		(): Layout => ({ ...drawn, docks: startDocks }),
		{
			name: "skep.layout",
			version: 1,
			// An unknown version: start as drawn. Nothing of value is lost.
			migrate: () => drawn,
			partialize: ({ docks, sidebar, tabs, tab, phone }) => ({ docks, sidebar, tabs, tab, phone }),
		},
	),
);

export const useLayout = <T>(select: (s: Layout) => T): T => useStore(layout, select);

/** The dock that holds a panel; undefined while it is hidden. */
export function dockOf(docks: Layout["docks"], panel: PanelId): DockId | undefined {
	return (Object.keys(docks) as DockId[]).find((id) => docks[id].tabs.includes(panel));
}

export function without(dock: Dock, panel: PanelId): Dock {
	if (!dock.tabs.includes(panel)) return dock;
	const at = dock.tabs.indexOf(panel);
	const tabs = dock.tabs.filter((t) => t !== panel);
	const active = dock.active === panel ? (tabs[at] ?? tabs[at - 1]) : dock.active;
	return { ...dock, tabs, active };
}

/** Puts a panel into a dock, before `index` or last, and shows it there. */
export function moved(
	docks: Layout["docks"],
	panel: PanelId,
	to: DockId,
	index?: number,
): Layout["docks"] {
	const rest = {
		side: without(docks.side, panel),
		right: without(docks.right, panel),
		bottom: without(docks.bottom, panel),
	};
	const tabs = [...rest[to].tabs];
	tabs.splice(index ?? tabs.length, 0, panel);
	return { ...rest, [to]: { ...rest[to], tabs, active: panel, open: true } };
}

export function hidden(docks: Layout["docks"], panel: PanelId): Layout["docks"] {
	return {
		side: without(docks.side, panel),
		right: without(docks.right, panel),
		bottom: without(docks.bottom, panel),
	};
}

export type Width = "wide" | "mid" | "narrow" | "phone";

export function widthClass(pixels: number): Width {
	return pixels >= 1280 ? "wide" : pixels >= 900 ? "mid" : pixels >= 600 ? "narrow" : "phone";
}

/** From 1920 wide on the right dock shows two panels beside each other, from 2560 on three. */
export function columns(pixels: number): number {
	return pixels >= 2560 ? 3 : pixels >= 1920 ? 2 : 1;
}

/** The panels that a dock shows beside each other: the active one among its neighbours. */
export function abreast(dock: Dock, count: number): readonly PanelId[] {
	const at = Math.max(0, dock.active ? dock.tabs.indexOf(dock.active) : 0);
	const from = Math.max(0, Math.min(at - (at % count), dock.tabs.length - count));
	return dock.tabs.slice(from, from + count);
}

export interface Arranged {
	readonly side: Dock | undefined;
	readonly right: Dock | undefined;
	readonly bottom: Dock | undefined;
	/** Panels that stand among the editor's tabs. */
	readonly editor: readonly PanelId[];
	readonly sidebar: "beside" | "over" | "closed";
}

/** What is shown where at a width: narrower pages turn docks into tabs of their neighbours. */
export function arrange(l: Pick<Layout, "docks" | "sidebar" | "over">, width: Width): Arranged {
	const { side, right, bottom } = l.docks;
	const open = l.sidebar.open;
	const some = (dock: Dock) => (dock.tabs.length > 0 ? dock : undefined);
	if (width === "wide")
		return {
			side: side.open ? some(side) : undefined,
			right: right.open ? some(right) : undefined,
			bottom: some(bottom),
			editor: [],
			sidebar: open ? "beside" : "closed",
		};
	const over = l.over ? "over" : "closed";
	if (width === "mid")
		return {
			side: undefined,
			right: right.open ? some(right) : undefined,
			bottom: some(bottom),
			editor: side.tabs,
			sidebar: over,
		};
	const tabs = [...bottom.tabs, ...right.tabs];
	const joined = {
		...bottom,
		tabs,
		active: bottom.active && tabs.includes(bottom.active) ? bottom.active : tabs[0],
	};
	return {
		side: undefined,
		right: undefined,
		bottom: some(joined),
		editor: side.tabs,
		sidebar: over,
	};
}
