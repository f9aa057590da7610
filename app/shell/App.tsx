// The frame: what stands where at each width.

import { useEffect } from "react";
import { closeSidebar, sizeDock } from "../commands/view.ts";
import { useEngine } from "../stores/engine.ts";
import { abreast, arrange, type DockId, useLayout } from "../stores/layout.ts";
import { Splitter } from "../ui/index.ts";
import { DebugBar } from "./DebugBar.tsx";
import { DialogHost } from "./DialogHost.tsx";
import { DockView } from "./DockView.tsx";
import { DropZone } from "./DropZone.tsx";
import { Editors } from "./Editors.tsx";
import css from "./frame.module.css";
import { handleKey } from "./keys.ts";
import { Phone } from "./Phone.tsx";
import { Rail } from "./Rail.tsx";
import { Sidebar } from "./Sidebar.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { Toasts } from "./Toasts.tsx";
import { TopBar } from "./TopBar.tsx";
import { useColumns, useWidth } from "./width.ts";

export function App() {
	const width = useWidth();
	useEffect(() => {
		addEventListener("keydown", handleKey, true);
		return () => removeEventListener("keydown", handleKey, true);
	}, []);
	return (
		<>
			{width === "phone" ? <Phone /> : <Desk />}
			<Toasts />
			<DialogHost />
			<DropZone />
		</>
	);
}

function Desk() {
	const width = useWidth();
	const docks = useLayout((l) => l.docks);
	const sidebar = useLayout((l) => l.sidebar);
	const over = useLayout((l) => l.over);
	const paused = useEngine((s) => s.debug !== undefined);
	const at = arrange({ docks, sidebar, over }, width);
	return (
		<div className={css.app}>
			<TopBar />
			<Rail />
			{at.sidebar !== "closed" && <Sidebar over={at.sidebar === "over"} />}
			<main className={css.work} onPointerDown={() => at.sidebar === "over" && closeSidebar()}>
				{paused && <DebugBar />}
				<div className={css.upper}>
					<Editors extra={at.editor} />
					{at.side && <SizedDock id="side" min={240} />}
					{at.right && <SizedDock id="right" min={320} />}
				</div>
				{at.bottom &&
					(at.bottom.open ? (
						<>
							<DockSplitter id="bottom" min={132} />
							<div className={css.dock} style={{ height: at.bottom.size, maxHeight: "70vh" }}>
								<DockView id="bottom" dock={at.bottom} />
							</div>
						</>
					) : (
						<div className={css.dock} style={{ height: "var(--h-header)" }}>
							<DockView id="bottom" dock={at.bottom} closed />
						</div>
					))}
			</main>
			<StatusBar />
		</div>
	);
}

function SizedDock({ id, min }: { readonly id: DockId; readonly min: number }) {
	const dock = useLayout((l) => l.docks[id]);
	const wide = useColumns();
	const shown = abreast(dock, id === "right" ? wide : 1);
	const times = Math.max(1, shown.length);
	return (
		<>
			<DockSplitter id={id} min={min} times={times} />
			<div className={css.dock} style={{ width: dock.size * times, maxWidth: "60vw" }}>
				<DockView id={id} dock={dock} shown={shown} />
			</div>
		</>
	);
}

const names: Readonly<Record<DockId, string>> = {
	side: "Width of the assembly column",
	right: "Width of the right dock",
	bottom: "Height of the lower dock",
};

interface DockSplitterProps {
	readonly id: DockId;
	readonly min: number;
	/** Panels beside each other; the dock's size is that of one. */
	readonly times?: number;
}

function DockSplitter({ id, min, times = 1 }: DockSplitterProps) {
	const size = useLayout((l) => l.docks[id].size) * times;
	const room = id === "bottom" ? innerHeight * 0.7 : innerWidth * 0.5;
	return (
		<Splitter
			label={names[id]}
			line={id === "bottom" ? "horizontal" : "vertical"}
			size={size}
			min={min * times}
			max={Math.round(room)}
			grows={-1}
			onSize={(n) => sizeDock(id, Math.round(n / times))}
			onReset={() => sizeDock(id)}
		/>
	);
}
