// Panels, docks and editor tabs: show, hide, move, focus.

import { cursor } from "../stores/cursor.ts";
import { headerText } from "../stores/headers.ts";
import {
	type Activity,
	type DockId,
	dockOf,
	drawn,
	hidden,
	type Layout,
	layout,
	moved,
	type PanelId,
	widthClass,
} from "../stores/layout.ts";
import { workspace } from "../stores/workspace.ts";

const home: Readonly<Record<PanelId, DockId>> = {
	assembly: "side",
	verifier: "right",
	registers: "right",
	stack: "right",
	maps: "right",
	packets: "bottom",
	terminal: "bottom",
	problems: "bottom",
	output: "bottom",
	object: "bottom",
};

const width = () => widthClass(innerWidth);

/** Brings a panel to the front where it stands, or where it was drawn when it is hidden. */
export function showPanel(panel: PanelId): void {
	layout.setState((l) => {
		if (width() === "phone") return { phone: panel };
		const at = dockOf(l.docks, panel);
		if (!at) return { docks: moved(l.docks, panel, home[panel]) };
		const docks = {
			...l.docks,
			[at]: { ...l.docks[at], active: panel, open: true },
		};
		if (at === "side" && width() !== "wide") return { docks, tab: `panel:${panel}` };
		if (at === "right" && width() === "narrow")
			return { docks: { ...docks, bottom: { ...docks.bottom, active: panel, open: true } } };
		return { docks };
	});
}

/** Picks a tab of the dock that is shown, which may hold another dock's panels on a narrow page. */
export function pickTab(dock: DockId, panel: PanelId): void {
	layout.setState((l) => ({
		docks: { ...l.docks, [dock]: { ...l.docks[dock], active: panel, open: true } },
		focus: dock,
	}));
}

export function movePanel(panel: PanelId, to: DockId, index?: number): void {
	layout.setState((l) => ({ docks: moved(l.docks, panel, to, index) }));
}

export function hidePanel(panel: PanelId): void {
	layout.setState((l) => ({ docks: hidden(l.docks, panel) }));
}

export function toggleDock(dock: DockId): void {
	layout.setState((l) => {
		const d = l.docks[dock];
		return { docks: { ...l.docks, [dock]: { ...d, open: !d.open } } };
	});
}

export function sizeDock(dock: DockId, size = drawn.docks[dock].size): void {
	layout.setState((l) => ({ docks: { ...l.docks, [dock]: { ...l.docks[dock], size } } }));
}

export function sizeSidebar(size = drawn.sidebar.size): void {
	layout.setState((l) => ({ sidebar: { ...l.sidebar, size } }));
}

/** Opens an activity in the sidebar; the same one again closes it. */
export function pickActivity(activity: Activity): void {
	layout.setState((l) => {
		if (width() === "phone") return { phone: activity };
		const same = l.sidebar.activity === activity;
		if (width() !== "wide") return { sidebar: { ...l.sidebar, activity }, over: !(same && l.over) };
		return { sidebar: { ...l.sidebar, activity, open: !(same && l.sidebar.open) } };
	});
}

/** Takes the overlaid sidebar away. */
export function closeSidebar(): void {
	layout.setState({ over: false });
}

export function resetLayout(): void {
	layout.setState((l) => ({ docks: drawn.docks, sidebar: drawn.sidebar, tabs: l.tabs }));
}

export function focusArea(focus: Layout["focus"]): void {
	if (layout.getState().focus !== focus) layout.setState({ focus });
}

export function openFile(path: string, line?: number): void {
	layout.setState((l) => ({
		tabs: l.tabs.includes(path) ? l.tabs : [...l.tabs, path],
		tab: path,
		focus: "editor",
		phone: "code",
		over: false,
	}));
	if (line !== undefined) cursor.setState({ file: path, line, column: 1, by: "place" });
}

export function closeFile(path: string): void {
	layout.setState((l) => {
		const tabs = l.tabs.filter((t) => t !== path);
		const at = Math.max(0, l.tabs.indexOf(path) - 1);
		return { tabs, tab: l.tab === path ? (tabs[at] ?? tabs[0]) : l.tab };
	});
}

/** Keeps the tabs to files that exist, and shows the entry when nothing else is shown. */
export function settleTabs(): void {
	const { project } = workspace.getState();
	const paths = new Set(project.files.map((f) => f.path));
	layout.setState((l) => {
		const kept = l.tabs.filter((t) => paths.has(t) || headerText(t) !== undefined);
		const tabs = kept.length > 0 ? kept : [project.entry];
		const tab = l.tab && (tabs.includes(l.tab) || l.tab.startsWith("panel:")) ? l.tab : tabs[0];
		return { tabs, tab };
	});
}
