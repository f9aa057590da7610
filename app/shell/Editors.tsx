// The middle: tabs of open files (and of docked panels on narrower pages) over the editor, which loads by itself.

import clsx from "clsx";
import { lazy, Suspense } from "react";
import { closeFile, focusArea } from "../commands/view.ts";
import { panels } from "../panels/registry.ts";
import { headerText } from "../stores/headers.ts";
import { layout, type PanelId, useLayout } from "../stores/layout.ts";
import { textOf, useProject, useWorkspace } from "../stores/workspace.ts";
import { Boundary } from "./Boundary.tsx";
import css from "./frame.module.css";
import { PanelHost } from "./PanelHost.tsx";
import { Plain } from "./Plain.tsx";
import { Starts } from "./Starts.tsx";
import { type Tab, TabList } from "./TabList.tsx";
import tabsCss from "./tabs.module.css";

const Editor = lazy(() => import("../editor/index.ts"));

export interface EditorsProps {
	/** Panels that stand among the files' tabs. */
	readonly extra: readonly PanelId[];
}

export function Editors({ extra }: EditorsProps) {
	const open = useLayout((l) => l.tabs);
	const picked = useLayout((l) => l.tab);
	const focused = useLayout((l) => l.focus === "editor");
	const unsaved = useWorkspace((s) => s.revision !== s.savedRevision);
	const files = useProject((p) => p.files);
	const paths = open.filter(
		(path) => files.some((f) => f.path === path) || headerText(path) !== undefined,
	);
	const tabs: Tab[] = [
		...paths.map((path) => ({
			id: path,
			title: path.replace(/^header:/, ""),
			icon: "file" as const,
			dot: unsaved && path === picked,
			onClose: paths.length > 1 ? () => closeFile(path) : undefined,
		})),
		...extra.map((id) => ({ id: `panel:${id}`, title: panels[id].title, icon: panels[id].icon })),
	];
	const active = tabs.find((t) => t.id === picked)?.id ?? tabs[0]?.id;
	const panel = active?.startsWith("panel:") ? (active.slice(6) as PanelId) : undefined;
	return (
		<section
			className={clsx(css.editor, focused && tabsCss.focused)}
			aria-label="Editor"
			onFocusCapture={() => focusArea("editor")}
		>
			<div className={tabsCss.head}>
				<TabList
					label="Open files"
					tabs={tabs}
					active={active}
					onPick={(tab) => layout.setState({ tab, focus: "editor" })}
				/>
			</div>
			<div className={css.body}>
				{panel ? (
					<PanelHost panel={panel} />
				) : (
					<Boundary where="the editor">
						<Suspense fallback={<Plain path={active} />}>
							{active && <Text path={active} />}
						</Suspense>
					</Boundary>
				)}
			</div>
		</section>
	);
}

function Text({ path }: { readonly path: string }) {
	const isText = useProject((p) => (headerText(path) ?? textOf(p, path)) !== undefined);
	const isEmpty = useProject((p) => textOf(p, path) === "");
	if (!isText) return <Plain path={path} />;
	return (
		<>
			<Editor path={path} />
			{isEmpty && <Starts path={path} />}
		</>
	);
}
