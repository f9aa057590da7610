// BTF types, found by name; one of them opened with its members, their offsets and sizes.

import clsx from "clsx";
import { useState } from "react";
import type { TypeWindow } from "../../../engine/workbench/protocol.ts";
import { ask } from "../../commands/session.ts";
import { useEngine } from "../../stores/engine.ts";
import { Field, IconButton, panel, Rows, text, useAnswer, useTokenPixels } from "../../ui/index.ts";
import css from "./object.module.css";

const windowSize = 200;

type Row = TypeWindow["rows"][number];

export function Types({ total }: { readonly total: number }) {
	const rowHeight = useTokenPixels("--h-row");
	const [filter, setFilter] = useState("");
	const [trail, setTrail] = useState<readonly Row[]>([]);
	const opened = trail.at(-1);
	const open = (id: number) =>
		void ask((e) => e.type(id)).then((row) => row && setTrail((rows) => [...rows, row]));
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
							onClick={() => setTrail(row && row.id !== opened?.id ? [row] : [])}
						>
							<span className={`${text.mono} ${text.dim}`}>{row ? `[${row.id}]` : "…"}</span>
							<span className={`${text.mono} ${text.cut}`}>{row?.text}</span>
							<span className={text.dim}>{row?.kind}</span>
							<span className={`${text.mono} ${text.num}`}>{row?.size ?? ""}</span>
						</button>
					);
				}}
			/>
			{opened && (
				<Members
					row={opened}
					onOpen={open}
					onBack={trail.length > 1 ? () => setTrail(trail.slice(0, -1)) : undefined}
				/>
			)}
		</>
	);
}

interface MembersProps {
	readonly row: Row;
	/** Opens the type of a member. */
	readonly onOpen: (id: number) => void;
	readonly onBack: (() => void) | undefined;
}

function Members({ row, onOpen, onBack }: MembersProps) {
	const values = row.kind.startsWith("enum");
	return (
		<section className={css.members} aria-label={`Members of ${row.text}`}>
			<div className={`${panel.sub} ${panel.line}`}>
				{onBack && <IconButton icon="back" label="Back to the type before" onClick={onBack} />}
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
								<MemberType member={m} onOpen={onOpen} />
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

function MemberType({ member: { type, opens }, onOpen }: MemberTypeProps) {
	if (opens === undefined) return type;
	return (
		<button type="button" className={panel.plain} onClick={() => onOpen(opens)}>
			{type}
		</button>
	);
}

interface MemberTypeProps extends Pick<MembersProps, "onOpen"> {
	readonly member: Row["members"][number];
}

function place({ bitOffset, bitSize }: Row["members"][number]): string {
	const byte = Math.floor(bitOffset / 8);
	return bitSize ? `${byte}:${bitOffset % 8}` : String(byte);
}

function useTypes(filter: string) {
	const build = useEngine((s) => s.build);
	const [from, setFrom] = useState(0);
	const types = useAnswer(
		() => ask((e) => e.types(filter, from, windowSize)).then((w) => w && { ...w, from }),
		[filter, from, build],
	);
	const view = (first: number, last: number) => {
		if (first < from || last > from + windowSize)
			setFrom(Math.max(0, first - Math.floor(windowSize / 4)));
	};
	return { types, view };
}
