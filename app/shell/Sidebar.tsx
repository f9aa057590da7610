// The sidebar: files with programs and maps, or examples; beside the editor, or over it on a narrower page.

import clsx from "clsx";
import { useEffect } from "react";
import { closeSidebar, sizeSidebar } from "../commands/view.ts";
import { useLayout } from "../stores/layout.ts";
import { Splitter } from "../ui/index.ts";
import { Examples } from "./Examples.tsx";
import { Files } from "./Files.tsx";
import css from "./frame.module.css";

export function Sidebar({ over }: { readonly over: boolean }) {
	const { activity, size } = useLayout((s) => s.sidebar);
	useEffect(() => {
		if (!over) return;
		const onEscape = (e: KeyboardEvent) => e.key === "Escape" && closeSidebar();
		addEventListener("keydown", onEscape);
		return () => removeEventListener("keydown", onEscape);
	}, [over]);
	return (
		<aside
			className={clsx(css.sidebar, over && css.over)}
			style={over ? undefined : { width: size }}
			aria-label={activity === "files" ? "Files" : "Examples"}
		>
			<div>{activity === "files" ? <Files /> : <Examples />}</div>
			{!over && (
				<Splitter
					label="Width of the sidebar"
					line="vertical"
					size={size}
					min={140}
					max={480}
					grows={1}
					onSize={sizeSidebar}
					onReset={() => sizeSidebar()}
				/>
			)}
		</aside>
	);
}
