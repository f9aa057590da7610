// Maps: one at a time, its entries as they are now; values can be set, entries added and removed.

import { useState } from "react";
import type { MapInfo } from "../../../engine/workbench/protocol.ts";
import { ask, refreshMaps } from "../../commands/session.ts";
import { useEngine } from "../../stores/engine.ts";
import { toast } from "../../stores/toasts.ts";
import { editScenario } from "../../stores/workspace.ts";
import { Button, Empty, Icon, Menu, panel, text } from "../../ui/index.ts";
import { Entries } from "./Entries.tsx";
import css from "./maps.module.css";
import { withEntry } from "./select.ts";

export function MapsPanel() {
	const maps = useEngine((s) => s.maps);
	const [chosen, setChosen] = useState<string | undefined>();
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
				<span className={text.end}>
					<Button
						small
						title="Fresh maps, filled as the project says"
						onClick={() => void ask((e) => e.reset()).then(refreshMaps)}
					>
						Reset
					</Button>
				</span>
			</div>
			<Entries key={map.name} map={map} onSet={(key, value) => set(map, key, value)} />
		</div>
	);
}

function summaryOf(m: MapInfo): string {
	return `${m.typeName}, key ${m.keySize}, value ${m.valueSize}, most ${m.maxEntries}`;
}

/** Sets or removes an entry in the running map and in the project's starting contents. */
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
