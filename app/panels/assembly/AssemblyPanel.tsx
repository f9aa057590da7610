// The program as instructions: visits, index, bytes, text; every row moves the cursor.

import clsx from "clsx";
import { pointAtInsn } from "../../commands/point.ts";
import { useCursor } from "../../stores/cursor.ts";
import { useEngine } from "../../stores/engine.ts";
import { settings, useSettings } from "../../stores/settings.ts";
import { Button, Code, Empty, panel, Rows, text, useTokenPixels } from "../../ui/index.ts";
import { useProgram, useReply } from "../parts/current.ts";
import css from "./assembly.module.css";
import { type AssemblyRow, assemblyRows, spacedBytes } from "./select.ts";

export function AssemblyPanel() {
	const program = useProgram();
	const reply = useReply();
	const at = useCursor((c) => c);
	const debug = useEngine((s) => s.debug);
	const bytes = useSettings((s) => s.bytes);
	const rowHeight = useTokenPixels("--code-line");
	const rows = assemblyRows(program, reply, at, debug);
	if (rows.length === 0)
		return (
			<Empty
				icon="code"
				title="No instructions yet"
				text="What the editor's file assembles to appears here, with its bytes."
			/>
		);
	const marked = rows.findIndex((r) => r.row.pc === (debug?.pc ?? at.pc));
	return (
		<div className={panel.panel}>
			<Rows
				label="Instructions"
				wide
				className={css.code}
				count={rows.length}
				rowHeight={rowHeight}
				marked={marked < 0 ? undefined : marked}
				onMark={(index) => {
					const next = rows[index];
					if (next) pointAtInsn(next.row.pc, "assembly");
				}}
				row={(index) => {
					const r = rows[index];
					return r && <Row key={r.row.pc} r={r} bytes={bytes} />;
				}}
			/>
		</div>
	);
}

function Row({ r, bytes }: { readonly r: AssemblyRow; readonly bytes: boolean }) {
	const { row } = r;
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the list do the same
		// biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys of the list do the same
		<div
			className={clsx(css.row, css[r.mark], r.never && css.never)}
			data-pc={row.pc}
			onClick={() => {
				if (getSelection()?.isCollapsed ?? true) pointAtInsn(row.pc, "assembly");
			}}
		>
			<span className={css.gutter}>
				<span
					className={css.visits}
					title={
						r.never ? "Never verified" : r.visits && `Processed ${r.visits.slice(0, -1)} times`
					}
				>
					{r.visits}
				</span>
				<span className={css.index}>{row.pc}</span>
			</span>
			{bytes && <span className={css.bytes}>{spacedBytes(row.bytes)}</span>}
			<Code line={row.text} />
			{row.label && <span className={css.label}>{row.label}</span>}
		</div>
	);
}

export function AssemblyActions() {
	const program = useProgram();
	const bytes = useSettings((s) => s.bytes);
	return (
		<>
			{program && (
				<span className={clsx(text.dim, text.small, css.count)}>{program.length} insns</span>
			)}
			<Button
				small
				aria-pressed={bytes}
				title="Show the bytes of each instruction"
				onClick={() => settings.setState({ bytes: !bytes })}
			>
				Bytes
			</Button>
		</>
	);
}
