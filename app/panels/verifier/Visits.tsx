// Every visit of the cursor's instruction, side by side in the registers that tell them apart.

import clsx from "clsx";
import type { VisitState } from "../../../engine/workbench/protocol.ts";
import { pointAtInsn } from "../../commands/point.ts";
import { ask } from "../../commands/session.ts";
import { useCursor } from "../../stores/cursor.ts";
import { panel, text, useAnswer } from "../../ui/index.ts";
import { registersIn, useProgram, useReply } from "../parts/current.ts";
import { tellingRegisters, textOf } from "./select.ts";

const most = 100;
const none: readonly VisitState[] = [];

export function Visits() {
	const program = useProgram();
	const reply = useReply();
	const pc = useCursor((c) => c.pc);
	const visit = useCursor((c) => c.visit);
	const name = program?.name;
	const count = Math.min(most, pc === undefined ? 0 : (reply?.visits[pc] ?? 0));
	const states = useStates(name, pc, count, reply?.revision);
	if (pc === undefined)
		return <p className={panel.note}>Put the cursor on an instruction to see its visits.</p>;
	if (count === 0) return <p className={panel.note}>The verifier never came to insn {pc}.</p>;
	const used = registersIn(program?.listing.find((r) => r.pc === pc)?.text);
	const names = tellingRegisters(states, used);
	return (
		<div className={panel.scroll}>
			<table className={panel.table}>
				<thead>
					<tr>
						<th style={{ width: 56 }}>Visit</th>
						{names.map((n) => (
							<th key={n}>{n}</th>
						))}
					</tr>
				</thead>
				<tbody>
					{states.map((s) => (
						<tr
							key={s.visit}
							className={clsx(panel.pick, s.visit === visit && panel.cur)}
							onClick={() => pointAtInsn(pc, "verifier", s.visit)}
						>
							<td>
								<button
									type="button"
									className={panel.plain}
									onClick={() => pointAtInsn(pc, "verifier", s.visit)}
								>
									{s.visit}
								</button>
							</td>
							{names.map((n) => (
								<td key={n} className={text.mono} title={textOf(s, n)}>
									{textOf(s, n)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function useStates(
	program: string | undefined,
	pc: number | undefined,
	count: number,
	revision: number | undefined,
): readonly VisitState[] {
	const found = useAnswer(() => {
		if (program === undefined || pc === undefined) return undefined;
		const visits = Array.from({ length: count }, (_, i) => i + 1);
		const all = Promise.all(visits.map((v) => ask((e) => e.state(program, pc, v))));
		return all.then((states) => ({ pc, states: states.filter((s) => s !== undefined) }));
	}, [program, pc, count, revision]);
	return found?.pc === pc ? (found?.states ?? none) : none;
}
