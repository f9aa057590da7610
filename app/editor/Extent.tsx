// Which bytes are proven, and which the instruction needs, drawn to scale.

import type { RejectionCard } from "../../engine/workbench/protocol.ts";
import css from "./card.module.css";

type Range = NonNullable<RejectionCard["range"]>;

const width = 400;

/** Pixels of a byte offset; a needed stretch is never drawn narrower than can be seen. */
export function scale(range: Range): (offset: number) => number {
	const first = Math.min(0, range.neededFrom);
	const last = Math.max(range.proven, range.neededTo, 1);
	const room = width - 72;
	return (offset) => Math.round(((offset - first) / (last - first)) * room);
}

export function Extent({ range }: { readonly range: Range }) {
	const x = scale(range);
	const from = x(range.neededFrom);
	const to = Math.max(x(range.neededTo), from + 24);
	const proven = Math.max(x(range.proven), 1);
	const zero = x(0);
	return (
		<svg
			className={css.extent}
			viewBox={`-4 0 ${width + 8} 48`}
			role="img"
			aria-label={`Proven: ${range.proven} bytes. Needed: ${range.neededFrom} to ${range.neededTo}.`}
		>
			<defs>
				<pattern
					id="needed"
					width="4"
					height="4"
					patternUnits="userSpaceOnUse"
					patternTransform="rotate(45)"
				>
					<path d="M0 0v4" className={css.hatch} />
				</pattern>
			</defs>
			{range.proven > 0 && (
				<>
					<rect className={css.proven} x={zero} y="4.5" width={proven - zero} height="20" />
					<path className={css.base} d={`M${zero} 26H${proven}`} />
					{proven - zero > 110 && (
						<text x={zero + 8} y="18">
							proven: r={range.proven}
						</text>
					)}
				</>
			)}
			<rect
				className={css.needed}
				x={from}
				y="4.5"
				width={to - from}
				height="20"
				fill="url(#needed)"
			/>
			<text className={css.neededText} x={to + 6} y="18">
				needed
			</text>
			<text x={zero} y="42" textAnchor="middle">
				0
			</text>
			{range.neededFrom !== 0 && (
				<text x={from} y="42" textAnchor="middle">
					{range.neededFrom}
				</text>
			)}
			<text x={to} y="42" textAnchor="middle">
				{range.neededTo}
			</text>
			{from - zero > 200 && (
				<text className={css.label} x={(zero + from) / 2} y="42" textAnchor="middle">
					{range.label}
				</text>
			)}
		</svg>
	);
}
