// The stack: bytes while paused, else what the verifier knows of each slot at the cursor.

import clsx from "clsx";
import { perform } from "../../commands/registry.ts";
import { useCursor } from "../../stores/cursor.ts";
import { useEngine } from "../../stores/engine.ts";
import { Button, Empty, panel, text } from "../../ui/index.ts";
import { StackTable } from "../parts/StackTable.tsx";
import { useVariables } from "../parts/variables.ts";

export function StackPanel() {
	const debug = useEngine((s) => s.debug);
	const visit = useEngine((s) => s.visit);
	const pc = useCursor((c) => c.pc);
	const held = useVariables();
	const slots = visit?.pc === pc ? (visit?.stack ?? []) : [];
	if (debug && debug.stack.length > 0)
		return (
			<div className={panel.scroll}>
				<div className={panel.sub}>
					<b>Bytes</b>
					<span>{8 * debug.stack.length} of 512 bytes written</span>
					<span className={text.end}>lowest address first</span>
				</div>
				<StackTable rows={debug.stack} names={held.slot} />
				<p className={clsx(panel.fine, text.mono, text.dim)}>
					below fp{Math.min(...debug.stack.map((r) => r.offset))}: never written
				</p>
			</div>
		);
	if (slots.length > 0)
		return (
			<div className={panel.scroll}>
				<table className={panel.table}>
					<thead>
						<tr>
							<th style={{ width: 72 }}>Slot</th>
							<th>Verifier knows</th>
						</tr>
					</thead>
					<tbody>
						{slots.map((s) => (
							<tr key={s.offset}>
								<td className={text.mono}>fp{s.offset}</td>
								<td className={text.mono} title={s.text}>
									{held.slot(s.offset) && <b>{held.slot(s.offset)} </b>}
									{s.text}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		);
	return (
		<Empty
			icon="stack"
			title="The stack is empty here"
			text="Slots appear once the program has written below r10, at the cursor or while stepping."
		>
			{!debug && (
				<Button kind="outline" icon="step" onClick={() => perform("step")}>
					Step
				</Button>
			)}
		</Empty>
	);
}
