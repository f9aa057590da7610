// The command palette: commands, files, declarations in C and labels (`@`), instructions and lines (`:`).

import { Command as Cmdk } from "cmdk";
import { useState } from "react";
import { pointAtInsn } from "../commands/point.ts";
import { commands } from "../commands/registry.ts";
import { askOfSource } from "../commands/session.ts";
import { openFile } from "../commands/view.ts";
import { showCombo } from "../lib/keys.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { currentProgram, engineMirror } from "../stores/engine.ts";
import { layout } from "../stores/layout.ts";
import { workspace } from "../stores/workspace.ts";
import { Dialog, Icon, type IconName, Key, text, useAnswer } from "../ui/index.ts";
import css from "./palette.module.css";
import { jumpTo, lettersOf, score } from "./search.ts";

interface Entry {
	readonly id: string;
	readonly title: string;
	readonly note?: string | undefined;
	readonly icon: IconName;
	readonly keys?: string | undefined;
	readonly disabled?: string | undefined;
	readonly run: () => unknown;
}

export default function Palette({ text: start }: { readonly text: string }) {
	const [query, setQuery] = useState(start);
	const declared = useOutline();
	const groups = entriesFor(query, declared);
	const wanted = query.replace(/^[>@:]\s*/, "");
	const found = groups
		.map(({ title, entries }) => ({
			title,
			entries: entries
				.map((e) => ({ e, s: score(e.title, wanted) / (e.disabled === undefined ? 1 : 100) }))
				.filter(({ s }) => s > 0)
				.sort((a, b) => b.s - a.s)
				.map(({ e }) => e),
		}))
		.filter((g) => g.entries.length > 0);
	const all = groups.reduce((n, g) => n + g.entries.length, 0);
	const count = found.reduce((n, g) => n + g.entries.length, 0);
	return (
		<Dialog title="Commands" width={600} bare onClose={closeDialog}>
			<Cmdk shouldFilter={false} label="Commands" className={css.palette} loop>
				<div className={css.query}>
					<Icon name="search" />
					<Cmdk.Input
						autoFocus
						value={query}
						onValueChange={setQuery}
						placeholder="Type a command, @ for a name, : for an instruction or line"
					/>
					<span className={text.dim}>
						{count} of {all}
					</span>
				</div>
				<Cmdk.List className={css.list} label="Results">
					<Cmdk.Empty className={css.empty}>Nothing is called that.</Cmdk.Empty>
					{found.map((g) => (
						<Cmdk.Group key={g.title} heading={g.title} className={css.group}>
							{g.entries.map((e) => (
								<Item key={e.id} entry={e} wanted={wanted} />
							))}
						</Cmdk.Group>
					))}
				</Cmdk.List>
				<div className={css.foot}>
					<span>
						<Key>↑</Key>
						<Key>↓</Key> move
					</span>
					<span>
						<Key>Enter</Key> run
					</span>
					<span className={text.end}>
						<Key>&gt;</Key> commands
					</span>
					<span>
						<Key>@</Key> names
					</span>
					<span>
						<Key>:</Key> insn or line
					</span>
				</div>
			</Cmdk>
		</Dialog>
	);
}

function Item({ entry, wanted }: { readonly entry: Entry; readonly wanted: string }) {
	return (
		<Cmdk.Item
			value={entry.id}
			disabled={entry.disabled !== undefined}
			className={css.item}
			onSelect={() => {
				closeDialog();
				entry.run();
			}}
		>
			<Icon name={entry.icon} />
			<span>
				{lettersOf(entry.title, wanted).map((part) =>
					part.hit ? (
						<mark key={part.at}>{part.text}</mark>
					) : (
						<span key={part.at}>{part.text}</span>
					),
				)}
			</span>
			<span className={`${text.dim} ${text.cut}`}>{entry.disabled ?? entry.note}</span>
			{entry.keys && (
				<span className={css.keys}>
					{showCombo(entry.keys)
						.split(" ")
						.map((k) => (
							<Key key={k}>{k}</Key>
						))}
				</span>
			)}
		</Cmdk.Item>
	);
}

function entriesFor(
	query: string,
	declared: readonly Entry[],
): readonly { title: string; entries: readonly Entry[] }[] {
	if (query.startsWith(":")) return [{ title: "Places", entries: jumps(query.slice(1)) }];
	if (query.startsWith("@"))
		return [
			{ title: "Declarations", entries: declared },
			{ title: "Labels", entries: labels() },
		];
	const own = commands.filter((c) => c.id !== "palette");
	const groups = [...new Set(own.map((c) => c.group))].map((title) => ({
		title,
		entries: own.filter((c) => c.group === title).map(ofCommand),
	}));
	return query.startsWith(">") ? groups : [...groups, { title: "Files", entries: files() }];
}

function ofCommand(c: (typeof commands)[number]): Entry {
	const { id, title, note, icon = "right", run } = c;
	return { id, title, note, icon, run, keys: c.keys, disabled: c.whyNot?.() };
}

function files(): readonly Entry[] {
	return workspace.getState().project.files.map(({ path }) => ({
		id: `file ${path}`,
		title: path,
		icon: "file",
		run: () => openFile(path),
	}));
}

const program = () =>
	currentProgram(engineMirror.getState().built?.programs, workspace.getState().project.program);

const kinds = { function: "code", variable: "table", map: "map", type: "object" } as const;

/** What the C file that is open declares. */
function useOutline(): readonly Entry[] {
	const { tab } = layout.getState();
	const { entry, files } = workspace.getState().project;
	const path = files.some((f) => f.path === tab) ? (tab ?? entry) : entry;
	const items = useAnswer(() => askOfSource((e) => e.sourceOutline(path)), [path]);
	return (items ?? []).map(({ name, kind, detail, span }) => ({
		id: `declaration ${name} ${span.start}`,
		title: name,
		note: `line ${span.line}: ${detail}`,
		icon: kinds[kind],
		run: () => openFile(path, span.line),
	}));
}

function labels(): readonly Entry[] {
	return (program()?.listing ?? []).flatMap((row) =>
		row.label
			? [
					{
						id: `label ${row.label}`,
						title: row.label,
						note: `insn ${row.pc}: ${row.text}`,
						icon: "code" as const,
						run: () => pointAtInsn(row.pc, "palette"),
					},
				]
			: [],
	);
}

function jumps(typed: string): readonly Entry[] {
	const { entry } = workspace.getState().project;
	return jumpTo(typed, program()?.listing ?? []).map((to) =>
		to.kind === "insn"
			? {
					id: `insn ${to.at}`,
					title: `${typed.trim()}: insn ${to.at}`,
					note: to.text,
					icon: "code",
					run: () => pointAtInsn(to.at, "palette"),
				}
			: {
					id: `line ${to.at}`,
					title: `${typed.trim()}: line ${to.at}`,
					icon: "file",
					run: () => openFile(entry, to.at),
				},
	);
}
