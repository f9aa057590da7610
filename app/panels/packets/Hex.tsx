// Sixteen bytes a line: offset, bytes with their marks, text.

import clsx from "clsx";
import { placed, Rows } from "../../ui/index.ts";
import detail from "./detail.module.css";
import css from "./packets.module.css";
import type { ByteMark } from "./select.ts";

export interface HexProps {
	readonly label: string;
	readonly bytes: Uint8Array;
	readonly mark: (at: number) => ByteMark;
	readonly onByte?: (at: number) => void;
}

const hex = (n: number, digits: number) => n.toString(16).padStart(digits, "0");

export function Hex({ label, bytes, mark, onByte }: HexProps) {
	const line = (row: number) => {
		const start = row * 16;
		const part = bytes.subarray(start, start + 16);
		return (
			<div key={row} className={css.hexLine}>
				<span className={css.offset}>{hex(start, 4)}</span>
				{placed(part).map(({ item: byte, place }) => (
					<Byte key={place} at={start + place} byte={byte} mark={mark(start + place)} />
				))}
				<span
					className={css.ascii}
					style={{ marginLeft: 16 + 20 * (16 - part.length) + (part.length <= 8 ? 8 : 0) }}
				>
					{String.fromCharCode(...part).replace(/[^\x20-\x7e]/g, ".")}
				</span>
			</div>
		);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: bytes are reached by their fields from the keyboard
		// biome-ignore lint/a11y/useKeyWithClickEvents: bytes are reached by their fields from the keyboard
		<div
			className={css.hex}
			onClick={(e) => {
				const at = (e.target as HTMLElement).dataset["at"];
				if (at !== undefined) onByte?.(Number(at));
			}}
		>
			<Rows label={label} wide count={Math.ceil(bytes.length / 16)} rowHeight={20} row={line} />
		</div>
	);
}

interface ByteProps {
	readonly at: number;
	readonly byte: number;
	readonly mark: ByteMark;
}

function Byte({ at, byte, mark }: ByteProps) {
	return (
		<span
			data-at={at}
			className={clsx(
				css.byte,
				at % 16 === 8 && css.gap,
				mark.proven === "fixed" && css.proven,
				mark.proven === "variable" && css.variable,
				mark.field && css.chosen,
				mark.access && css.access,
				mark.unproven && detail.unproven,
				mark.changed && css.changed,
			)}
			title={mark.writer === undefined ? undefined : `Written by insn ${mark.writer}`}
		>
			{hex(byte, 2)}
		</span>
	);
}
