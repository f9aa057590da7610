// The fields of one packet as a tree; a double click edits a value. What the run changed stands beside it.

import clsx from "clsx";
import { useEffect, useRef, useState } from "react";
import { toHex } from "../../../engine/base/index.ts";
import { dissect, setField } from "../../../engine/net/index.ts";
import type { PacketInput } from "../../../engine/workbench/project.ts";
import { useEngine } from "../../stores/engine.ts";
import { toast } from "../../stores/toasts.ts";
import { editScenario } from "../../stores/workspace.ts";
import { Icon, InPlace, panel, text } from "../../ui/index.ts";
import css from "./packets.module.css";
import { type FieldRow, fieldRows, layerKey, read } from "./select.ts";
import { useView, view } from "./store.ts";

export interface FieldsProps {
	readonly packet: PacketInput;
	readonly index: number;
}

export function Fields({ packet, index }: FieldsProps) {
	const { bytes, dissection } = read(packet);
	const result = useEngine((s) => s.results[index]);
	const access = useEngine((s) => (s.debug?.packet === index ? s.debug.access : undefined));
	const chosen = useView((s) => s.field);
	const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(["eth"]));
	const open = new Set(
		dissection.layers.flatMap((l, at) => {
			const key = layerKey(l, at);
			return closed.has(l.id) && chosen?.layer !== key ? [] : [key];
		}),
	);
	const after = result && result.after.length > 0 ? dissect(result.after) : undefined;
	const rows = fieldRows(dissection, after, open);
	const toggle = (row: FieldRow) => {
		const id = row.key.replace(/\d+$/, "");
		setClosed((old) =>
			old.has(id) ? new Set([...old].filter((k) => k !== id)) : new Set([...old, id]),
		);
	};
	return (
		<section className={clsx(css.part, css.fields)} aria-label="Fields">
			<div className={css.head}>
				<b>Fields</b>
				<span className={text.cut}>packet {index + 1}</span>
				<span className={text.end}>{bytes.length} bytes</span>
			</div>
			<ul className={panel.scroll}>
				{rows.map((row) => (
					<One
						key={`${index}${row.key}`}
						row={row}
						open={open.has(row.key)}
						cur={touches(row, access)}
						on={chosen?.start === row.start && chosen.end === row.end}
						onToggle={() => toggle(row)}
						onEdit={(value) => change(index, packet, row, value)}
					/>
				))}
			</ul>
		</section>
	);
}

interface Stretch {
	readonly start: number;
	readonly end: number;
}

function touches(row: FieldRow, access: Stretch | undefined): boolean {
	return (
		row.depth === 1 && access !== undefined && row.start < access.end && row.end > access.start
	);
}

function change(index: number, packet: PacketInput, row: FieldRow, value: string): void {
	if (!row.field || value === row.field.raw) return;
	const { id, layer } = row.field;
	const parsed = /^(0x[\da-f]+|\d+)$/i.test(value) ? Number(value) : value;
	const made = setField(read(packet).bytes, { field: id, layer }, parsed, { fixChecksums: true });
	const { value: bytes } = made;
	if (!bytes) {
		toast("reject", made.diagnostics[0]?.message ?? "That value does not fit.");
		return;
	}
	editScenario((s) => ({
		...s,
		packets: s.packets.map((p, at) => (at === index ? { ...p, data: toHex(bytes) } : p)),
	}));
}

interface OneProps {
	readonly row: FieldRow;
	readonly open: boolean;
	readonly cur: boolean;
	readonly on: boolean;
	readonly onToggle: () => void;
	readonly onEdit: (value: string) => void;
}

function One({ row, open, cur, on, onToggle, onEdit }: OneProps) {
	const [editing, setEditing] = useState(false);
	const layer = row.depth === 0;
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (on || cur) button.current?.scrollIntoView({ block: "nearest" });
	}, [on, cur]);
	if (editing && row.field)
		return (
			<li className={css.field}>
				<span className={css.inputLabel}>
					<span aria-hidden="true">{row.label}</span>
					<InPlace
						aria-label={row.label}
						value={row.field.raw}
						onDone={(typed) => {
							setEditing(false);
							if (typed !== undefined) onEdit(typed.trim());
						}}
					/>
				</span>
			</li>
		);
	return (
		<li>
			<button
				ref={button}
				type="button"
				className={clsx(css.field, cur && css.cur, on && css.on, !layer && css.inner)}
				aria-expanded={layer ? open : undefined}
				title={
					row.problem ??
					(layer ? row.text : `${row.label}: ${row.text}. Double click or F2 to change it.`)
				}
				onClick={() => {
					view.setState({ field: { start: row.start, end: row.end } });
					if (layer) onToggle();
				}}
				onDoubleClick={() => row.field && setEditing(true)}
				onKeyDown={(e) => e.key === "F2" && row.field && setEditing(true)}
			>
				{layer && <Icon name={open ? "down" : "right"} size={12} />}
				<span className={text.cut}>{row.label}</span>
				{row.problem && <Icon name="warning" size={12} className={text.warning} />}
				<span className={css.val}>
					{row.after === undefined ? (
						row.text
					) : (
						<span className={panel.changed}>
							{row.text} → {row.after}
						</span>
					)}
				</span>
			</button>
		</li>
	);
}
