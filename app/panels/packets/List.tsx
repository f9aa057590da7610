// The packet list with each one's action, and the chart of all actions below.

import clsx from "clsx";
import type { PacketInput } from "../../../engine/workbench/project.ts";
import { pointAtPacket } from "../../commands/point.ts";
import { perform } from "../../commands/registry.ts";
import { openDialog } from "../../stores/dialogs.ts";
import { useEngine } from "../../stores/engine.ts";
import { editScenario, workspace } from "../../stores/workspace.ts";
import { Icon, Menu, type MenuItem, PickRow, Rows, text, useTokenPixels } from "../../ui/index.ts";
import css from "./packets.module.css";
import phone from "./phone.module.css";
import { actionOf, briefLine, listed, lookOf, read, reordered, segments } from "./select.ts";
import { useView } from "./store.ts";

export interface ListProps {
	readonly packets: readonly PacketInput[];
	readonly index: number;
	/** Two or three facts a row, rows for fingers. */
	readonly brief?: boolean;
}

const fingerHeight = 44;

export function List({ packets, index, brief = false }: ListProps) {
	const results = useEngine((s) => s.results);
	const action = useView((s) => s.action);
	const rowHeight = useTokenPixels("--h-row");
	const shown = listed(packets, results, action);
	return (
		<section className={css.part} aria-label="Packet list">
			{!brief && (
				<div className={clsx(css.head, css.columns)}>
					<span>#</span>
					<span>From</span>
					<span>To</span>
					<span className={text.num}>Steps</span>
					<span>Action</span>
				</div>
			)}
			<Rows
				label="Packets"
				count={shown.length}
				rowHeight={brief ? fingerHeight : rowHeight}
				marked={shown.indexOf(index)}
				onMark={(row) => pointAtPacket(shown[row] ?? 0)}
				onPick={() => perform("debug")}
				row={(row) => {
					const at = shown[row];
					const packet = at === undefined ? undefined : packets[at];
					if (at === undefined || !packet) return null;
					return brief ? (
						<BriefRow key={at} packet={packet} index={at} on={at === index} />
					) : (
						<Row key={at} packet={packet} index={at} on={at === index} />
					);
				}}
			/>
			<Chart total={packets.length} />
		</section>
	);
}

interface RowProps {
	readonly packet: PacketInput;
	readonly index: number;
	readonly on: boolean;
}

function Row({ packet, index, on }: RowProps) {
	const result = useEngine((s) => s.results[index]);
	const paused = useEngine((s) => (s.debug?.packet === index ? s.debug.step : undefined));
	const { from, to, protocol, info } = read(packet).dissection.summary;
	return (
		<PickRow
			className={clsx(css.row, css.columns, on && css.on)}
			title={[packet.name, info].filter(Boolean).join(": ")}
			onPick={() => pointAtPacket(index)}
			onDoubleClick={() => perform("debug")}
		>
			<span>{index + 1}</span>
			<span className={text.cut}>{from || protocol}</span>
			<span className={text.cut}>{to || info}</span>
			<span className={clsx(text.num, !result && text.dim)}>{paused ?? result?.steps ?? "–"}</span>
			{paused === undefined ? (
				<Action action={actionOf(result)} />
			) : (
				<span className={css.action}>
					<Icon name="pause" size={12} />
					paused
				</span>
			)}
			<Menu
				label={`More about packet ${index + 1}`}
				className={css.more}
				items={() => rowItems(index)}
				align="end"
			>
				<Icon name="more" size={14} />
			</Menu>
		</PickRow>
	);
}

function BriefRow({ packet, index, on }: RowProps) {
	const result = useEngine((s) => s.results[index]);
	const paused = useEngine((s) => s.debug?.packet === index);
	return (
		<button
			type="button"
			className={clsx(phone.row, on && phone.on)}
			aria-pressed={on}
			onClick={() => pointAtPacket(index)}
		>
			<span className={phone.number}>{index + 1}</span>
			<span className={clsx(text.cut, text.grow)}>
				{briefLine(read(packet).dissection.summary)}
			</span>
			{paused ? "paused" : <Action action={actionOf(result)} />}
		</button>
	);
}

export function Action({ action }: { readonly action: string }) {
	if (action === "not run") return <span className={text.dim}>not run</span>;
	if (action === "trap")
		return (
			<span className={clsx(css.action, text.reject)}>
				<Icon name="reject" size={12} />
				trap
			</span>
		);
	const { icon, colour } = lookOf(action);
	return (
		<span className={css.action}>
			<Icon name={icon} size={12} className={css[`ink${colour}`]} />
			{action}
		</span>
	);
}

export function rowItems(index: number): readonly MenuItem[] {
	const change = (act: (list: PacketInput[]) => void) =>
		editScenario((s) => {
			const packets = [...s.packets];
			act(packets);
			return { ...s, packets };
		});
	return [
		{
			id: "step",
			title: "Step through it",
			icon: "step",
			onPick: () => {
				pointAtPacket(index);
				perform("debug");
			},
		},
		{
			id: "edit",
			title: "Edit…",
			icon: "file",
			onPick: () => openDialog({ kind: "packet", index }),
		},
		{
			id: "copy",
			title: "Duplicate",
			icon: "copy",
			onPick: () =>
				change((list) => {
					const packet = list[index];
					if (packet) list.splice(index + 1, 0, { ...packet });
				}),
		},
		{
			id: "up",
			title: "Move up",
			icon: "up",
			disabled: index === 0,
			onPick: () => move(index, index - 1),
		},
		{
			id: "down",
			title: "Move down",
			icon: "down",
			disabled: index + 1 >= workspace.getState().project.scenario.packets.length,
			onPick: () => move(index, index + 1),
		},
		{
			id: "remove",
			title: "Remove",
			icon: "close",
			divided: true,
			onPick: () => change((list) => list.splice(index, 1)),
		},
	];
}

function move(from: number, to: number): void {
	editScenario((s) => ({ ...s, packets: reordered(s.packets, from, to) }));
	pointAtPacket(to);
}

function Chart({ total }: { readonly total: number }) {
	const results = useEngine((s) => s.results);
	const stale = useEngine((s) => s.runStale);
	const parts = segments(total, results);
	const ran = parts.some((p) => p.colour !== 0);
	return (
		<div className={css.chart}>
			<div
				className={css.bar}
				role="img"
				aria-label={parts.map((p) => `${p.count} ${p.action}`).join(", ")}
			>
				{parts.map((p) => (
					<i key={p.action} className={css[`fill${p.colour}`]} style={{ flexGrow: p.count }} />
				))}
			</div>
			<div className={css.legend}>
				{parts.map((p) => (
					<span key={p.action}>
						<i className={css[`fill${p.colour}`]} />
						{p.action} {p.count}
					</span>
				))}
				<span className={text.end}>
					{ran && stale ? "of the former program" : `${total} packet${total === 1 ? "" : "s"}`}
				</span>
			</div>
		</div>
	);
}
