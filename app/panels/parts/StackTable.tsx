// Stack slots, eight bytes a row, lowest address first; bytes that were never written show a dot. A click on a byte watches it.

import clsx from "clsx";
import type { StackRow } from "../../../engine/workbench/protocol.ts";
import { toggleWatch } from "../../commands/watch.ts";
import { sameWatch, useWatches } from "../../stores/watches.ts";
import { panel, placed, text } from "../../ui/index.ts";
import css from "./stack.module.css";

export interface StackTableProps {
	readonly rows: readonly StackRow[];
	/** The variables in the eight bytes at an offset. */
	readonly names?: (offset: number) => string | undefined;
}

export function StackTable({ rows, names }: StackTableProps) {
	return (
		<table className={panel.table}>
			<colgroup>
				<col className={css.slot} />
				<col className={css.bytes} />
				<col />
			</colgroup>
			<thead className={text.hidden}>
				<tr>
					<th>Slot</th>
					<th>Bytes</th>
					<th>Holds</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.offset}>
						<td className={text.mono}>fp{row.offset}</td>
						<td className={css.eight}>
							{placed(row.bytes).map(({ item: byte, place }) => (
								<Byte key={place} offset={row.offset + place} byte={byte} changed={row.changed} />
							))}
						</td>
						<td
							className={text.mono}
							title={row.known ? `${row.text}; verifier: ${row.known}` : row.text}
						>
							{names?.(row.offset) && <b>{names(row.offset)} </b>}
							{row.text}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

interface ByteProps {
	readonly offset: number;
	readonly byte: number | undefined;
	readonly changed: boolean;
}

function Byte({ offset, byte, changed }: ByteProps) {
	const watch = { kind: "stack", offset, size: 1 } as const;
	const watched = useWatches().some((w) => sameWatch(w, watch));
	return (
		<button
			type="button"
			tabIndex={-1}
			aria-pressed={watched}
			aria-label={`Watch fp${offset}`}
			title={
				watched ? `Stop no more when fp${offset} is written` : `Stop when fp${offset} is written`
			}
			className={clsx(
				byte !== undefined && css.written,
				changed && byte !== undefined && css.changed,
				watched && css.watched,
			)}
			onClick={() => void toggleWatch(watch)}
		>
			{byte === undefined ? "·" : byte.toString(16).padStart(2, "0")}
		</button>
	);
}
