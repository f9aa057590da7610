// BTF types, found by name; one of them opened with its members, their offsets and sizes.

import clsx from "clsx";
import { useEffect, useState } from "react";
import type { TypeWindow } from "../../../engine/workbench/protocol.ts";
import { ask } from "../../commands/session.ts";
import { useEngine } from "../../stores/engine.ts";
import { Field, panel, Rows, text, useTokenPixels } from "../../ui/index.ts";
import css from "./object.module.css";

const windowSize = 200;

type Row = TypeWindow["rows"][number];

export function Types({ total }: { readonly total: number }) {
	const rowHeight = useTokenPixels("--h-row");
	const [filter, setFilter] = useState("");
	const [opened, setOpened] = useState<Row | undefined>();
	const { types, view } = useTypes(filter);
	if (total === 0) return <p className={panel.note}>This object has no type information.</p>;
	return (
		<>
			<div className={panel.fine}>
				<Field
					label="Find a type"
					quiet
					placeholder={`Find among ${total} types`}
					value={filter}
					onChange={(e) => setFilter(e.target.value)}
				/>
			</div>
			<Rows
				label="Types"
				count={types?.total ?? 0}
				rowHeight={rowHeight}
				onView={view}
				row={(index) => {
					const row = types?.rows[index - types.from];
					return (
						<button
							type="button"
							key={row?.id ?? -index}
							className={clsx(css.type, row && row.id === opened?.id && css.open)}
							onClick={() => setOpened(row?.id === opened?.id ? undefined : row)}
						>
							<span className={`${text.mono} ${text.dim}`}>{row ? `[${row.id}]` : "…"}</span>
							<span className={`${text.mono} ${text.cut}`}>{row?.text}</span>
							<span className={text.dim}>{row?.kind}</span>
							<span className={`${text.mono} ${text.num}`}>{row?.size ?? ""}</span>
						</button>
					);
				}}
			/>
			{opened && <Members row={opened} />}
		</>
	);
}

function Members({ row }: { readonly row: Row }) {
	const values = row.kind.startsWith("enum");
	return (
		<section className={css.members} aria-label={`Members of ${row.text}`}>
			<div className={`${panel.sub} ${panel.line}`}>
				<b className={text.mono}>{row.text}</b>
				<span className={text.end}>{row.size === undefined ? row.kind : `${row.size} bytes`}</span>
			</div>
			<table className={panel.table}>
				<tbody>
					{row.members.map((m) => (
						<tr key={`${m.name}:${m.bitOffset}`}>
							<td className={text.mono} style={{ width: 64 }}>
								{values ? "" : place(m)}
							</td>
							<td className={text.mono} title={m.name}>
								{m.name || "(anonymous)"}
							</td>
							<td className={text.mono} title={m.type}>
								{m.type}
							</td>
							<td className={`${panel.num} ${text.mono}`} style={{ width: 56 }}>
								{m.bitSize ? `${m.bitSize} bits` : (m.size ?? "")}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function place({ bitOffset, bitSize }: Row["members"][number]): string {
	const byte = Math.floor(bitOffset / 8);
	return bitSize ? `${byte}:${bitOffset % 8}` : String(byte);
}

function useTypes(filter: string) {
	const build = useEngine((s) => s.build);
	const [from, setFrom] = useState(0);
	const [types, setTypes] = useState<(TypeWindow & { readonly from: number }) | undefined>();
	// biome-ignore lint/correctness/useExhaustiveDependencies: a new build has new types
	useEffect(() => {
		let stale = false;
		void ask((e) => e.types(filter, from, windowSize)).then((w) => {
			if (w && !stale) setTypes({ ...w, from });
		});
		return () => {
			stale = true;
		};
	}, [filter, from, build]);
	const view = (first: number, last: number) => {
		if (first < from || last > from + windowSize)
			setFrom(Math.max(0, first - Math.floor(windowSize / 4)));
	};
	return { types, view };
}
