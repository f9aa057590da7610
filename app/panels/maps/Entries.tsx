// The entries of one map, fetched by windows; a click on a value edits it.

import { type FormEvent, useEffect, useState } from "react";
import type { MapInfo, MapWindow } from "../../../engine/workbench/protocol.ts";
import { ask } from "../../commands/session.ts";
import { useEngine } from "../../stores/engine.ts";
import { Button, Field, IconButton, Rows, text, useTokenPixels } from "../../ui/index.ts";
import css from "./maps.module.css";
import { asNumber, faultOf, spaced } from "./select.ts";

const windowSize = 256;

export interface EntriesProps {
	readonly map: MapInfo & { readonly entries: number };
	readonly onSet: (key: string, value: string | undefined) => Promise<boolean>;
}

type Entry = MapWindow["entries"][number];

export function Entries({ map, onSet }: EntriesProps) {
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
						<One key={entry.key} map={map} entry={entry} onSet={onSet} />
					) : (
						<div key={index} className={css.row} />
					);
				}}
			/>
			<Add map={map} onSet={onSet} />
		</>
	);
}

function useEntries(map: string) {
	const version = useEngine((s) => s.mapsVersion);
	const [from, setFrom] = useState(0);
	const [shown, setShown] = useState<MapWindow | undefined>();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the contents may have changed with every version
	useEffect(() => {
		let stale = false;
		void ask((e) => e.mapWindow(map, from, windowSize)).then((w) => {
			if (w && !stale) setShown(w);
		});
		return () => {
			stale = true;
		};
	}, [map, from, version]);
	const entries = new Map<number, Entry>(shown?.entries.map((e, i) => [shown.from + i, e]));
	const view = (first: number, last: number) => {
		if (first < from || last > from + windowSize)
			setFrom(Math.max(0, first - Math.floor(windowSize / 4)));
	};
	return { entries, total: shown?.total ?? 0, view };
}

interface OneProps {
	readonly map: MapInfo;
	readonly entry: Entry;
	readonly onSet: EntriesProps["onSet"];
}

function One({ map, entry, onSet }: OneProps) {
	const [editing, setEditing] = useState(false);
	const [first = "", ...others] = entry.values;
	const save = async (typed: string) => {
		setEditing(false);
		const hex = typed.replace(/\s+/g, "").toLowerCase();
		if (hex !== first && !faultOf(typed, map.valueSize)) await onSet(entry.key, hex);
	};
	return (
		<div className={css.row}>
			<span className={`${text.mono} ${text.cut}`} title={entry.key}>
				{spaced(entry.key)} <i>{asNumber(entry.key)}</i>
			</span>
			{editing ? (
				<input
					className={`${css.input} ${text.mono}`}
					aria-label={`Value of ${entry.key}`}
					// biome-ignore lint/a11y/noAutofocus: the person asked to edit this very value
					autoFocus
					defaultValue={spaced(first)}
					onBlur={(e) => void save(e.target.value)}
					onKeyDown={(e) => {
						if (e.key === "Enter") e.currentTarget.blur();
						if (e.key === "Escape") setEditing(false);
					}}
				/>
			) : (
				<button
					type="button"
					className={`${css.value} ${text.mono} ${text.cut}`}
					title={`${spaced(first)}${others.length > 0 ? ` and ${others.length} more CPUs` : ""}. Click to change it.`}
					onClick={() => setEditing(true)}
				>
					{spaced(first)} <i>{asNumber(first)}</i>
					{others.map((value, cpu) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: CPUs have no other name
						<i key={cpu}>
							cpu{cpu + 1} {asNumber(value) || spaced(value)}
						</i>
					))}
				</button>
			)}
			<IconButton
				icon="close"
				label={`Remove ${entry.key}`}
				onClick={() => void onSet(entry.key, undefined)}
			/>
		</div>
	);
}

function Add({ map, onSet }: Omit<EntriesProps, "map"> & { readonly map: MapInfo }) {
	const [key, setKey] = useState("");
	const [value, setValue] = useState("");
	const [tried, setTried] = useState(false);
	const keyFault = faultOf(key, map.keySize);
	const valueFault = faultOf(value, map.valueSize);
	const submit = async (e: FormEvent) => {
		e.preventDefault();
		setTried(true);
		if (keyFault || valueFault) return;
		const hex = (typed: string) => typed.replace(/\s+/g, "").toLowerCase();
		if (await onSet(hex(key), hex(value))) {
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
				placeholder={`key, ${map.keySize} bytes`}
				value={key}
				error={tried ? keyFault : undefined}
				onChange={(e) => setKey(e.target.value)}
			/>
			<Field
				quiet
				mono
				label="New value in hexadecimal"
				placeholder={`value, ${map.valueSize} bytes`}
				value={value}
				error={tried ? valueFault : undefined}
				onChange={(e) => setValue(e.target.value)}
			/>
			<Button small kind="outline" icon="plus" type="submit">
				Set
			</Button>
		</form>
	);
}
