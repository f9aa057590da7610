// The entries of one map, fetched by windows; a click on a value edits it.

import { type FormEvent, useState } from "react";
import type { MapInfo, MapWindow } from "../../../engine/workbench/protocol.ts";
import { ask } from "../../commands/session.ts";
import { toggleWatch } from "../../commands/watch.ts";
import { useEngine } from "../../stores/engine.ts";
import { toast } from "../../stores/toasts.ts";
import { sameWatch, useWatches } from "../../stores/watches.ts";
import {
	Button,
	Field,
	IconButton,
	InPlace,
	placed,
	Rows,
	text,
	useAnswer,
	useTokenPixels,
} from "../../ui/index.ts";
import css from "./maps.module.css";
import { bytesOf, type Format, readAs, spaced, typedFault } from "./select.ts";

const windowSize = 256;

export interface EntriesProps {
	readonly map: MapInfo & { readonly entries: number };
	readonly format: Format;
	readonly onSet: (key: string, value: string | undefined) => Promise<boolean>;
}

type Entry = MapWindow["entries"][number];

export function Entries({ map, format, onSet }: EntriesProps) {
	const rowHeight = useTokenPixels("--h-row");
	const { entries, total, view } = useEntries(map.name);
	return (
		<>
			<div className={`${css.row} ${css.head}`}>
				<span>Key</span>
				<span>Value</span>
			</div>
			<Rows
				label={`Entries of ${map.name}`}
				count={total}
				rowHeight={rowHeight}
				onView={view}
				row={(index) => {
					const entry = entries.get(index);
					return entry ? (
						<One key={entry.key} map={map} format={format} entry={entry} onSet={onSet} />
					) : (
						<div key={index} className={css.row} />
					);
				}}
			/>
			<Add map={map} format={format} onSet={onSet} />
		</>
	);
}

function useEntries(map: string) {
	const version = useEngine((s) => s.mapsVersion);
	const [from, setFrom] = useState(0);
	const shown = useAnswer(
		() => ask((e) => e.mapWindow(map, from, windowSize)),
		[map, from, version],
	);
	const entries = new Map<number, Entry>(shown?.entries.map((e, i) => [shown.from + i, e]));
	const view = (first: number, last: number) => {
		if (first < from || last > from + windowSize)
			setFrom(Math.max(0, first - Math.floor(windowSize / 4)));
	};
	return { entries, total: shown?.total ?? 0, view };
}

interface OneProps {
	readonly map: MapInfo;
	readonly format: Format;
	readonly entry: Entry;
	readonly onSet: EntriesProps["onSet"];
}

function One({ map, format, entry, onSet }: OneProps) {
	const [editing, setEditing] = useState(false);
	const [first = "", ...others] = entry.values;
	const watch = {
		kind: "map",
		map: map.name,
		key: entry.key,
		offset: 0,
		size: map.valueSize,
	} as const;
	const watched = useWatches().some((w) => sameWatch(w, watch));
	const reading = readAs(first, format);
	const long = map.valueSize > 8 && reading !== "";
	const save = async (typed: string) => {
		const hex = bytesOf(typed, map.valueSize, format);
		if (hex === undefined)
			toast("warning", typedFault(typed, map.valueSize, format) ?? "That value does not fit.");
		else if (hex !== first || others.length > 0) await onSet(entry.key, hex);
	};
	return (
		<div className={css.row}>
			<span className={`${text.mono} ${text.cut}`} title={entry.key}>
				{spaced(entry.key)} <i>{readAs(entry.key, format)}</i>
			</span>
			{editing ? (
				<InPlace
					className={`${css.input} ${text.mono}`}
					aria-label={`Value of ${entry.key}`}
					value={spaced(first)}
					onDone={(typed) => {
						setEditing(false);
						if (typed !== undefined) void save(typed);
					}}
				/>
			) : (
				<button
					type="button"
					className={`${css.value} ${text.mono} ${text.cut}`}
					title={
						others.length === 0
							? `${spaced(first)}. Click to change it.`
							: `${entry.values.map((v, cpu) => `cpu${cpu} ${spaced(v)}`).join("\n")}\nClick to set it on every CPU.`
					}
					onClick={() => setEditing(true)}
				>
					{others.length === 0 ? (
						<>
							{long ? reading : spaced(first)} <i>{long ? spaced(first) : reading}</i>
						</>
					) : (
						placed(entry.values).map(({ item: value, place: cpu }) => (
							<span key={cpu} className={css.cpu}>
								<i>cpu{cpu}</i> {readAs(value, format) || spaced(value)}
							</span>
						))
					)}
				</button>
			)}
			<IconButton
				icon="eye"
				label={watched ? `Watch ${entry.key} no more` : `Stop when ${entry.key} is written`}
				aria-pressed={watched}
				className={watched ? css.watched : undefined}
				onClick={() => void toggleWatch(watch)}
			/>
			<IconButton
				icon="close"
				label={`Remove ${entry.key}`}
				onClick={() => void onSet(entry.key, undefined)}
			/>
		</div>
	);
}

function Add({ map, format, onSet }: Omit<EntriesProps, "map"> & { readonly map: MapInfo }) {
	const [key, setKey] = useState("");
	const [value, setValue] = useState("");
	const [tried, setTried] = useState(false);
	const keyBytes = bytesOf(key, map.keySize, format);
	const valueBytes = bytesOf(value, map.valueSize, format);
	const submit = async (e: FormEvent) => {
		e.preventDefault();
		setTried(true);
		if (keyBytes === undefined || valueBytes === undefined) return;
		if (await onSet(keyBytes, valueBytes)) {
			setKey("");
			setTried(false);
		}
	};
	return (
		<form className={css.add} onSubmit={(e) => void submit(e)}>
			<Field
				quiet
				mono
				label="New key in hexadecimal"
				placeholder={`key, ${map.keySize} bytes or =number`}
				value={key}
				error={tried ? typedFault(key, map.keySize, format) : undefined}
				onChange={(e) => setKey(e.target.value)}
			/>
			<Field
				quiet
				mono
				label="New value in hexadecimal"
				placeholder={`value, ${map.valueSize} bytes or =number`}
				value={value}
				error={tried ? typedFault(value, map.valueSize, format) : undefined}
				onChange={(e) => setValue(e.target.value)}
			/>
			<Button small kind="outline" icon="plus" type="submit">
				Set
			</Button>
		</form>
	);
}
