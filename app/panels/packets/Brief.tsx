// The packet panel of a phone: the list, and of one packet what the run changed in it and its bytes.

import clsx from "clsx";
import { dissect } from "../../../engine/net/index.ts";
import type { PacketInput } from "../../../engine/workbench/project.ts";
import { useEngine } from "../../stores/engine.ts";
import { Icon, Menu, panel, Segments, text } from "../../ui/index.ts";
import { Before, Left } from "./Bytes.tsx";
import { Fields } from "./Fields.tsx";
import { List, rowItems } from "./List.tsx";
import phone from "./phone.module.css";
import { briefRows, fieldRows, layerKey, read } from "./select.ts";
import { useView, view } from "./store.ts";

const sides = [
	{ value: "fields", title: "Fields" },
	{ value: "before", title: "Before" },
	{ value: "after", title: "After" },
] as const;

export interface BriefProps {
	readonly packets: readonly PacketInput[];
	readonly packet: PacketInput;
	readonly index: number;
}

export function Brief({ packets, packet, index }: BriefProps) {
	const side = useView((s) => s.side);
	return (
		<div className={phone.packets}>
			<List brief packets={packets} index={index} />
			<div className={clsx(panel.sub, panel.tall, panel.line)}>
				<b>
					Packet {index + 1}, {side}
				</b>
				<span className={text.end}>
					<Segments
						label="Packet view"
						value={side}
						options={sides}
						onChange={(value) => view.setState({ side: value })}
					/>
				</span>
				<Menu
					label={`More about packet ${index + 1}`}
					className={phone.more}
					items={() => rowItems(index)}
					align="end"
				>
					<Icon name="more" />
				</Menu>
			</div>
			{side === "fields" ? (
				<Fields packet={packet} index={index} />
			) : (
				<>
					<Telling packet={packet} index={index} />
					{side === "before" ? (
						<Before packet={packet} index={index} />
					) : (
						<Gone packet={packet} index={index} />
					)}
				</>
			)}
		</div>
	);
}

/** The three fields worth a look. */
function Telling({ packet, index }: Omit<BriefProps, "packets">) {
	const { dissection } = read(packet);
	const result = useEngine((s) => s.results[index]);
	const after = result && result.after.length > 0 ? dissect(result.after) : undefined;
	const open = new Set(dissection.layers.map(layerKey));
	return (
		<ul className={phone.telling}>
			{briefRows(fieldRows(dissection, after, open)).map((row) => (
				<li key={row.key}>
					<span>{row.label}</span>
					<span className={clsx(text.mono, row.after !== undefined && panel.changed)}>
						{row.after === undefined ? row.text : `${row.text} → ${row.after}`}
					</span>
				</li>
			))}
		</ul>
	);
}

function Gone({ packet, index }: Omit<BriefProps, "packets">) {
	const result = useEngine((s) => s.results[index]);
	const field = useView((s) => s.field);
	if (!result) return <p className={panel.note}>Not run. Run sends every packet through.</p>;
	if (result.trap)
		return (
			<p className={panel.note}>
				{result.trap.unsupported === undefined
					? `Stopped at insn ${result.trap.pc}: ${result.trap.message}`
					: `Not supported by Skep: ${result.trap.unsupported}`}
			</p>
		);
	return <Left packet={packet} result={result} field={field} />;
}
