// What the verifier knew before an instruction, as a table of registers and stack slots.

import clsx from "clsx";
import type { VisitState } from "../../../engine/workbench/protocol.ts";
import { panel, text } from "../../ui/index.ts";
import css from "./state.module.css";

export interface StateTableProps {
	readonly state: VisitState;
	/** Registers that the instruction uses: the honey rows. */
	readonly used: ReadonlySet<string>;
}

export function StateTable({ state, used }: StateTableProps) {
	return (
		<table className={panel.table}>
			<colgroup>
				<col className={css.name} />
				<col />
			</colgroup>
			<thead className={text.hidden}>
				<tr>
					<th>Register</th>
					<th>Verifier knows</th>
				</tr>
			</thead>
			<tbody>
				{state.registers.map((r) => (
					<tr
						key={r.name}
						className={clsx(used.has(r.name) && panel.cur, r.text === "not init" && panel.off)}
					>
						<td className={text.mono}>{r.name}</td>
						<td className={text.mono} title={r.text}>
							{r.text}
							{r.changed && <i className={panel.diamond} title="Changed by the step before" />}
						</td>
					</tr>
				))}
				{state.stack.map((slot) => (
					<tr key={slot.offset}>
						<td className={text.mono}>fp{slot.offset}</td>
						<td className={text.mono} title={slot.text}>
							{slot.text}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
