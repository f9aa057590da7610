// Stack slots, eight bytes a row, lowest address first; bytes that were never written show a dot.

import clsx from "clsx";
import type { StackRow } from "../../../engine/workbench/protocol.ts";
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
								<span
									key={place}
									className={clsx(
										byte !== undefined && css.written,
										row.changed && byte !== undefined && css.changed,
									)}
								>
									{byte === undefined ? "·" : byte.toString(16).padStart(2, "0")}
								</span>
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
