// A dock: tabs of panels, the shown panel's buttons, and its body. Tabs are dragged between docks, or moved and hidden
// by their menu.

import clsx from "clsx";
import { type DragEvent, useState } from "react";
import {
	focusArea,
	hidePanel,
	movePanel,
	pickTab,
	showPanel,
	toggleDock,
} from "../commands/view.ts";
import { panels } from "../panels/registry.ts";
import { currentProgram, useEngine } from "../stores/engine.ts";
import {
	type Dock,
	type DockId,
	layout,
	type PanelId,
	panelIds,
	useLayout,
} from "../stores/layout.ts";
import { toneOf } from "../stores/verdict.ts";
import { useProject } from "../stores/workspace.ts";
import { Icon, IconButton, Menu, type MenuItem, MenuList } from "../ui/index.ts";
import css from "./frame.module.css";
import { PanelActions, PanelHost } from "./PanelHost.tsx";
import { type Tab, TabList } from "./TabList.tsx";
import tabsCss from "./tabs.module.css";

const dragType = "application/x-skep-panel";
const dockNames: Readonly<Record<DockId, string>> = {
	side: "beside the editor",
	right: "to the right dock",
	bottom: "to the lower dock",
};

export interface DockViewProps {
	readonly id: DockId;
	readonly dock: Dock;
	/** The body is hidden; only the tabs are there. */
	readonly closed?: boolean;
	/** The panels that are shown beside each other; without it the active one. */
	readonly shown?: readonly PanelId[];
}

export function DockView({ id, dock, closed, shown = [] }: DockViewProps) {
	const focused = useLayout((l) => l.focus === id);
	const tabs = useTabs(dock.tabs);
	const [menu, setMenu] = useState<{ panel: PanelId; anchor: Element } | undefined>();
	const [over, setOver] = useState(false);
	const active = dock.active && dock.tabs.includes(dock.active) ? dock.active : dock.tabs[0];
	const drop = (e: DragEvent) => {
		setOver(false);
		const panel = e.dataTransfer.getData(dragType) as PanelId;
		if (panelIds.includes(panel)) movePanel(panel, id);
	};
	return (
		<section
			className={clsx(css.body, focused && tabsCss.focused)}
			aria-label={dockTitle(id, shown, active)}
			onFocusCapture={() => focusArea(id)}
			onPointerDownCapture={() => focusArea(id)}
		>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the tab's menu does the same by keyboard */}
			<div
				className={clsx(tabsCss.head, over && tabsCss.target)}
				onDragOver={(e) => {
					if (!e.dataTransfer.types.includes(dragType)) return;
					e.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}
				onDrop={drop}
			>
				<TabList
					label={`Panels ${dockNames[id].replace(/^to /, "of ")}`}
					tabs={tabs}
					active={active}
					onPick={(panel) => pickTab(id, panel as PanelId)}
					onMenu={(panel, e) => {
						e.preventDefault();
						setMenu({ panel: panel as PanelId, anchor: e.currentTarget });
					}}
					onDragStart={(panel, e) => e.dataTransfer.setData(dragType, panel)}
				/>
				<span className={tabsCss.grow} />
				<div className={tabsCss.acts}>
					{active && !closed && <PanelActions panel={active} />}
					<Menu
						label="More about this dock"
						className={tabsCss.more}
						items={() => dockItems(id)}
						align="end"
					>
						<Icon name="more" />
					</Menu>
					{id === "bottom" && (
						<IconButton
							icon={closed ? "up" : "down"}
							label={closed ? "Show the dock" : "Hide the dock"}
							onClick={() => toggleDock("bottom")}
						/>
					)}
				</div>
			</div>
			{active && !closed && shown.length < 2 && <PanelHost panel={active} />}
			{shown.length > 1 && <Abreast id={id} shown={shown} active={active} />}
			{menu && (
				<MenuList
					label={panels[menu.panel].title}
					items={tabItems(menu.panel, id)}
					anchor={menu.anchor}
					align="start"
					onClose={() => setMenu(undefined)}
				/>
			)}
		</section>
	);
}

function dockTitle(id: DockId, shown: readonly PanelId[], active: PanelId | undefined): string {
	if (shown.length > 1) return `Panels ${dockNames[id].replace(/^to /, "of ")}`;
	return active ? panels[active].title : "Empty dock";
}

interface AbreastProps {
	readonly id: DockId;
	readonly shown: readonly PanelId[];
	readonly active: PanelId | undefined;
}

/** Several panels of one dock beside each other, on a page that is wide enough; each under its name. */
function Abreast({ id, shown, active }: AbreastProps) {
	return (
		<div className={css.abreast}>
			{shown.map((panel) => (
				<section
					key={panel}
					aria-label={panels[panel].title}
					onPointerDownCapture={() => panel !== active && pickTab(id, panel)}
				>
					<h2 className={css.title}>
						{panels[panel].title}
						<span className={tabsCss.grow} />
						{panel !== active && <PanelActions panel={panel} />}
					</h2>
					<PanelHost panel={panel} />
				</section>
			))}
		</div>
	);
}

/** Tabs with what they tell at a glance: the verdict, counts. */
function useTabs(ids: readonly PanelId[]): readonly Tab[] {
	const packets = useProject((p) => p.scenario.packets.length);
	const problems = useEngine((s) => s.build?.diagnostics.length ?? 0);
	const verdicts = useEngine((s) => s.verdicts);
	const programs = useEngine((s) => s.built?.programs);
	const current = currentProgram(
		programs,
		useProject((p) => p.program),
	);
	const tone = toneOf(current && verdicts[current.name]?.verdict);
	const bad =
		Object.values(verdicts).filter((v) => v.verdict.kind !== "accepted").length + problems;
	const extra: Partial<Record<PanelId, Partial<Tab>>> = {
		packets: { count: packets },
		problems: bad > 0 ? { count: bad } : {},
		verifier: tone !== "none" && tone !== "accept" ? { mark: tone, tone } : {},
	};
	return ids.map((id) => ({ id, title: panels[id].title, draggable: true, ...extra[id] }));
}

function tabItems(panel: PanelId, from: DockId): readonly MenuItem[] {
	const targets = (Object.keys(dockNames) as DockId[]).filter((d) => d !== from);
	return [
		...targets.map((to) => ({
			id: to,
			title: `Move ${dockNames[to]}`,
			onPick: () => movePanel(panel, to),
		})),
		{ id: "hide", title: "Hide", divided: true, onPick: () => hidePanel(panel) },
	];
}

function dockItems(id: DockId): readonly MenuItem[] {
	const { docks } = layout.getState();
	const shown = new Set(Object.values(docks).flatMap((d) => d.tabs));
	const active = docks[id].active;
	const back = panelIds
		.filter((p) => !shown.has(p))
		.map((p) => ({ id: p, title: `Show ${panels[p].title}`, onPick: () => showPanel(p) }));
	const close = {
		id: "close",
		title: "Hide the dock",
		onPick: () => toggleDock(id),
		divided: true,
	};
	return [...(active ? tabItems(active, id) : []), ...back, close];
}
