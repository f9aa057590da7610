// Maps: one at a time, its entries as they are now; values can be set, entries added and removed, and all of it kept as
// what the project starts with.

import { useState } from "react";
import type { MapInfo } from "../../../engine/workbench/protocol.ts";
import { ask, refreshMaps } from "../../commands/session.ts";
import { useEngine } from "../../stores/engine.ts";
import { toast } from "../../stores/toasts.ts";
import { editScenario, workspace } from "../../stores/workspace.ts";
import { Button, Empty, Icon, Menu, panel, Segments, text } from "../../ui/index.ts";
import { Entries } from "./Entries.tsx";
import css from "./maps.module.css";
import { asStart, type Format, formats, withEntry } from "./select.ts";

export function MapsPanel() {
	const maps = useEngine((s) => s.maps);
	const [chosen, setChosen] = useState<string | undefined>();
	const [format, setFormat] = useState<Format>("number");
	const map = maps.find((m) => m.name === chosen) ?? maps[0];
	if (!map)
		return (
			<Empty
				icon="map"
				title="No maps yet"
				text="A line such as .map ports, type=hash, key=2, value=8, max_entries=256 declares one."
			/>
		);
	const items = () =>
		maps.map((m) => ({
			id: m.name,
			title: m.name,
			note: `${m.typeName}, ${m.entries} entries`,
			checked: m === map,
			onPick: () => setChosen(m.name),
		}));
	return (
		<div className={panel.panel}>
			<div className={`${panel.sub} ${panel.tall}`}>
				<Menu label="Map" className={css.pick} items={items}>
					<Icon name="map" size={12} />
					<b className={text.cut}>{map.name}</b>
					<Icon name="down" size={12} />
				</Menu>
				<span className={text.cut}>{summaryOf(map)}</span>
			</div>
			<div className={`${panel.sub} ${panel.tall}`}>
				<Segments label="Read bytes as" value={format} options={formats} onChange={setFormat} />
				<span className={`${text.end} ${css.acts}`}>
					<Button
						small
						disabled={map.entries === 0 && !workspace.getState().project.scenario.maps[map.name]}
						title="The project starts with these entries from now on"
						onClick={() => void keep(map)}
					>
						Keep as start
					</Button>
					<Button
						small
						title="Fresh maps, filled as the project says"
						onClick={() => void ask((e) => e.reset()).then(refreshMaps)}
					>
						Reset
					</Button>
				</span>
			</div>
			<Entries
				key={map.name}
				map={map}
				format={format}
				onSet={(key, value) => set(map, key, value)}
			/>
		</div>
	);
}

function summaryOf(m: MapInfo): string {
	return `${m.typeName}, key ${m.keySize}, value ${m.valueSize}, most ${m.maxEntries}`;
}

/** Sets or removes an entry in the running map and in the project's starting contents, which every run begins with. */
async function set(map: MapInfo, key: string, value: string | undefined): Promise<boolean> {
	const reply = await ask((e) =>
		value === undefined ? e.mapDelete(map.name, key) : e.mapUpdate(map.name, key, value),
	);
	if (!reply) return false;
	if (!reply.ok) {
		toast("warning", `${map.name}: ${reply.error}`);
		return false;
	}
	editScenario((s) => ({
		...s,
		maps: { ...s.maps, [map.name]: withEntry(s.maps[map.name] ?? [], key, value) },
	}));
	await refreshMaps();
	return true;
}

const mostKept = 4096;

/** Writes the entries as they are now into the project's starting contents. */
async function keep(map: MapInfo): Promise<void> {
	const all = await ask((e) => e.mapWindow(map.name, 0, mostKept));
	if (!all) return;
	if (all.total > mostKept)
		return toast("warning", `${map.name} has more than ${mostKept} entries: too many to keep.`);
	const { entries, differ } = asStart(all.entries, map.typeName.endsWith("array"));
	const before = workspace.getState().project.scenario.maps;
	editScenario((s) => ({ ...s, maps: { ...s.maps, [map.name]: entries } }));
	const left = differ === 0 ? "" : ` ${differ} left out: their CPUs hold different values.`;
	toast("none", `The project starts with ${entries.length} entries of ${map.name}.${left}`, {
		title: "Undo",
		run: () => editScenario((s) => ({ ...s, maps: before })),
	});
}
