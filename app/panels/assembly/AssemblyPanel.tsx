// The program as instructions: visits, index, bytes, text; every row moves the cursor.

import clsx from "clsx";
import type { ListingRow } from "../../../engine/workbench/protocol.ts";
import { pointAtInsn } from "../../commands/point.ts";
import { useCursor } from "../../stores/cursor.ts";
import { useEngine } from "../../stores/engine.ts";
import { settings, useSettings } from "../../stores/settings.ts";
import { Button, Code, Empty, PickRow, panel, Rows, text, useTokenPixels } from "../../ui/index.ts";
import { useProgram, useReply } from "../parts/current.ts";
import css from "./assembly.module.css";
import {
	type AssemblyRow,
	assemblyRows,
	type PanelRow,
	spacedBytes,
	withSource,
} from "./select.ts";

export function AssemblyPanel() {
	const program = useProgram();
	const reply = useReply();
	const at = useCursor((c) => c);
	const debug = useEngine((s) => s.debug);
	const bytes = useSettings((s) => s.bytes);
	const rowHeight = useTokenPixels("--code-line");
	const rows = withSource(assemblyRows(program, reply, at, debug));
	if (rows.length === 0)
		return (
			<Empty
				icon="code"
				title="No instructions yet"
				text="What the editor's C or assembly becomes appears here, with its bytes."
			/>
		);
	const pc = debug?.pc ?? at.pc;
	const marked = rows.findIndex((r) => r.kind === "insn" && r.r.row.pc === pc);
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
					const next = insnFrom(rows, index, index < marked ? -1 : 1);
					if (next) pointAtInsn(next.row.pc, "assembly");
				}}
				row={(index) => {
					const row = rows[index];
					if (row?.kind === "source")
						return <SourceRow key={`${row.above.pc}s`} above={row.above} linked={row.linked} />;
					return row && <Row key={row.r.row.pc} r={row.r} bytes={bytes} />;
				}}
			/>
		</div>
	);
}

/** The instruction at a row, or the next one in the direction of travel. */
function insnFrom(
	rows: readonly PanelRow[],
	index: number,
	direction: 1 | -1,
): AssemblyRow | undefined {
	for (const at of [index, index + direction, index - direction]) {
		const row = rows[at];
		if (row?.kind === "insn") return row.r;
	}
	return undefined;
}

function SourceRow({ above, linked }: { readonly above: ListingRow; readonly linked: boolean }) {
	return (
		<PickRow
			className={clsx(css.row, css.source, linked && css.linkedSource)}
			title={`${above.file}:${above.line}`}
			onPick={() => pointAtInsn(above.pc, "assembly")}
		>
			<span className={css.gutter}>{above.line}</span>
			<span>{above.source?.trim().replaceAll("\t", "  ")}</span>
		</PickRow>
	);
}

function Row({ r, bytes }: { readonly r: AssemblyRow; readonly bytes: boolean }) {
	const { row } = r;
	return (
		<PickRow
			className={clsx(css.row, css[r.mark], r.never && css.never)}
			data-pc={row.pc}
			onPick={() => pointAtInsn(row.pc, "assembly")}
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
		</PickRow>
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
