// The Files activity: the project's files, the programs with their verdicts, the maps.

import clsx from "clsx";
import { type ReactNode, useState } from "react";
import type { VerifyReply } from "../../engine/workbench/protocol.ts";
import { perform } from "../commands/registry.ts";
import { pickProgram } from "../commands/run.ts";
import { openFile, showPanel } from "../commands/view.ts";
import { openDialog } from "../stores/dialogs.ts";
import { currentProgram, useEngine } from "../stores/engine.ts";
import { useLayout } from "../stores/layout.ts";
import { toneOf } from "../stores/verdict.ts";
import { edit, removeFile, useProject, workspace } from "../stores/workspace.ts";
import { Icon, IconButton, Menu, type MenuItem, text } from "../ui/index.ts";
import css from "./tree.module.css";

export function Files() {
	return (
		<>
			<div className={css.head}>
				<h2>Files</h2>
				<IconButton icon="plus" label="New file" onClick={() => perform("file.new")} />
			</div>
			<FileTree />
			<Group title="Programs">
				<Programs />
			</Group>
			<Group title="Maps">
				<Maps />
			</Group>
		</>
	);
}

function FileTree() {
	const name = useProject((p) => p.name);
	const files = useProject((p) => p.files);
	const tab = useLayout((l) => l.tab);
	const diagnostics = useEngine((s) => s.build?.diagnostics);
	const errors = (path: string) =>
		diagnostics?.filter((d) => d.severity === "error" && d.span?.file === path).length ?? 0;
	return (
		<ul className={css.tree}>
			<li className={clsx(css.row, css.root)}>
				<Icon name="down" size={12} />
				<Icon name="files" size={14} />
				<span className={text.cut}>{name}</span>
			</li>
			{files.map(({ path }) => (
				<li key={path} className={css.item}>
					<button
						type="button"
						className={clsx(css.row, tab === path && css.on)}
						onClick={() => openFile(path)}
					>
						<Icon name={path.endsWith(".o") ? "object" : "file"} size={14} />
						<span className={text.cut}>{path}</span>
						{errors(path) > 0 && <span className={clsx(css.end, css.bad)}>{errors(path)}</span>}
					</button>
					<Menu label={`More about ${path}`} items={() => fileItems(path)} align="end">
						<Icon name="more" size={14} />
					</Menu>
				</li>
			))}
		</ul>
	);
}

function fileItems(path: string): readonly MenuItem[] {
	const { entry, files } = workspace.getState().project;
	return [
		{
			id: "entry",
			title: "Build this file",
			checked: entry === path,
			onPick: () => edit((p) => ({ ...p, entry: path })),
		},
		{ id: "rename", title: "Rename…", onPick: () => openDialog({ kind: "file", rename: path }) },
		{ id: "remove", title: "Remove", disabled: files.length < 2, onPick: () => removeFile(path) },
	];
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	const [open, setOpen] = useState(true);
	return (
		<>
			<button
				type="button"
				className={css.group}
				aria-expanded={open}
				onClick={() => setOpen(!open)}
			>
				<Icon name={open ? "down" : "right"} size={12} />
				{title}
			</button>
			{open && children}
		</>
	);
}

function Programs() {
	const programs = useEngine((s) => s.built?.programs);
	const verdicts = useEngine((s) => s.verdicts);
	const current = currentProgram(
		programs,
		useProject((p) => p.program),
	);
	if (!programs?.length) return <p className={css.note}>Appear when the file has instructions.</p>;
	return (
		<ul className={css.tree}>
			{programs.map((p) => {
				const reply = verdicts[p.name];
				const tone = toneOf(reply?.verdict);
				return (
					<li key={p.name}>
						<button
							type="button"
							className={clsx(css.row, p === current && programs.length > 1 && css.on)}
							onClick={() => pickProgram(p.name)}
						>
							<Icon name={tone} size={14} className={css[tone]} />
							<span className={text.cut}>{p.name}</span>
							<span className={css.end}>{programNote(reply)}</span>
						</button>
					</li>
				);
			})}
		</ul>
	);
}

function programNote(reply: VerifyReply | undefined): string {
	const v = reply?.verdict;
	if (!reply || !v) return "…";
	if (v.kind === "accepted") return String(reply.insnsProcessed);
	if (v.kind === "rejected") return v.pc === undefined ? "rejected" : `insn ${v.pc}`;
	return v.kind;
}

function Maps() {
	const maps = useEngine((s) => s.built?.maps);
	if (!maps?.length) return <p className={css.note}>None declared yet.</p>;
	return (
		<ul className={css.tree}>
			{maps.map((m) => (
				<li key={m.name}>
					<button type="button" className={css.row} onClick={() => showPanel("maps")}>
						<Icon name="map" size={14} />
						<span className={text.cut}>{m.name}</span>
						<span className={css.end}>
							{m.typeName} {m.maxEntries}
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}
