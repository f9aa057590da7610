// Registers: what each holds, and what the verifier knew of it; red when the two part. Paused, with stack and calls.

import clsx from "clsx";
import { perform } from "../../commands/registry.ts";
import { openFile } from "../../commands/view.ts";
import { toggleWatch } from "../../commands/watch.ts";
import { useCursor } from "../../stores/cursor.ts";
import { useEngine } from "../../stores/engine.ts";
import { sameWatch, useWatches, watchName } from "../../stores/watches.ts";
import { Button, Empty, Icon, IconButton, panel, text } from "../../ui/index.ts";
import { registersIn, useProgram } from "../parts/current.ts";
import { StackTable } from "../parts/StackTable.tsx";
import { useVariables } from "../parts/variables.ts";
import css from "./registers.module.css";
import { insideNote, type RegisterRow, registerRows } from "./select.ts";

export function RegistersPanel() {
	const debug = useEngine((s) => s.debug);
	const visit = useEngine((s) => s.visit);
	const pc = useCursor((c) => c.pc);
	const program = useProgram();
	const held = useVariables();
	const rows = registerRows(debug, visit?.pc === pc ? visit : undefined);
	if (rows.length === 0)
		return (
			<Empty
				icon="table"
				title="No instruction under the cursor"
				text="Put the cursor on a line to see what the verifier knows there, or step through a packet to see the values beside it."
			>
				<Button kind="outline" icon="step" onClick={() => perform("step")}>
					Step
				</Button>
			</Empty>
		);
	const used = registersIn(program?.listing.find((r) => r.pc === (debug?.pc ?? pc))?.text);
	const note = insideNote(rows);
	const named = program?.variables !== undefined;
	return (
		<div className={panel.scroll}>
			<table className={clsx(panel.table, css.table)}>
				<thead>
					<tr>
						<th>Reg</th>
						{named && <th className={css.variable}>Variable</th>}
						{debug && <th className={css.value}>Value</th>}
						<th>Verifier knows</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((r) => (
						<Row
							key={r.name}
							r={r}
							paused={debug !== undefined}
							used={used.has(r.name)}
							variable={named ? (held.registers.get(r.name) ?? "") : undefined}
							declared={held.declared.get(r.name)}
						/>
					))}
				</tbody>
			</table>
			{debug && (
				<p className={clsx(panel.fine, !note.ok && text.reject)}>
					<Icon
						name={note.ok ? "accept" : "reject"}
						size={14}
						className={note.ok ? text.accept : text.reject}
					/>
					{note.text}
				</p>
			)}
			{debug && (
				<>
					<div className={clsx(panel.sub, panel.line)}>
						<b>Stack</b>
						<span>{8 * debug.stack.length} of 512 bytes</span>
						<span className={text.end}>lowest address first</span>
					</div>
					{debug.stack.length > 0 ? (
						<StackTable rows={debug.stack} names={held.slot} />
					) : (
						<p className={panel.fine}>Nothing was written yet</p>
					)}
					<Calls />
				</>
			)}
			<Watches />
		</div>
	);
}

interface RowProps {
	readonly r: RegisterRow;
	readonly paused: boolean;
	readonly used: boolean;
	/** The variable that it holds, empty for none; undefined where variables are not known. */
	readonly variable: string | undefined;
	/** Its declaration, where the type is known. */
	readonly declared: string | undefined;
}

function Row({ r, paused, used, variable, declared }: RowProps) {
	const watch = { kind: "register", register: Number(r.name.slice(1)) } as const;
	const watched = useWatches().some((w) => sameWatch(w, watch));
	return (
		<tr className={clsx(used && panel.cur, r.unset && panel.off, r.outside && css.outside)}>
			<td className={text.mono}>
				<button
					type="button"
					className={css.name}
					aria-pressed={watched}
					title={watched ? `Stop no more when ${r.name} changes` : `Stop when ${r.name} changes`}
					onClick={() => void toggleWatch(watch)}
				>
					{r.name}
				</button>
			</td>
			{variable !== undefined && (
				<td className={clsx(text.mono, text.cut)} title={declared ?? variable}>
					{variable} {declared && <i className={text.dim}>{typeIn(declared, variable)}</i>}
				</td>
			)}
			{paused && (
				<td className={text.mono} title={r.raw && `0x${r.raw}`}>
					<span className={r.changed ? panel.changed : undefined}>{r.value}</span>
				</td>
			)}
			<td className={text.mono} title={r.known}>
				{r.outside && <Icon name="reject" size={12} />} {r.known}
				{r.changed && !paused && <i className={panel.diamond} title="Changed by the step before" />}
				{r.changed && paused && <i className={panel.diamond} title="Changed by this step" />}
			</td>
		</tr>
	);
}

/** The declaration without the name, where that stands at its end. */
function typeIn(declaration: string, name: string): string {
	return declaration.endsWith(name) ? declaration.slice(0, -name.length).trimEnd() : declaration;
}

/** What is watched; a click on a register, a byte of the stack or the eye beside a map's entry adds to it. */
function Watches() {
	const list = useWatches();
	if (list.length === 0) return null;
	return (
		<section aria-label="Watchpoints">
			<div className={clsx(panel.sub, panel.line)}>
				<b>Watchpoints</b>
				<span>stop after a write</span>
			</div>
			<table className={panel.table}>
				<tbody>
					{list.map((watch) => (
						<tr key={watchName(watch)}>
							<td className={clsx(text.mono, text.cut)} title={watchName(watch)}>
								{watchName(watch)}
							</td>
							<td className={panel.num}>
								<IconButton
									icon="close"
									label={`Watch ${watchName(watch)} no more`}
									onClick={() => void toggleWatch(watch)}
								/>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function Calls() {
	const debug = useEngine((s) => s.debug);
	if (!debug) return null;
	return (
		<>
			<div className={clsx(panel.sub, panel.line)}>
				<b>Calls</b>
			</div>
			<table className={panel.table}>
				<tbody>
					{debug.frames.map((f, at) => (
						<tr key={`${f.name}${f.pc}`} className={at === 0 ? panel.cur : undefined}>
							<td className={text.mono}>{f.name}</td>
							<td className={panel.num}>
								<Button kind="link" onClick={() => debug.file && openFile(debug.file, f.line)}>
									{f.line === undefined ? `insn ${f.pc}` : `${debug.file ?? ""}:${f.line}`}
								</Button>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}
