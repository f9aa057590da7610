// The time line of one packet's run: what was played in honey, breakpoints and writes above. Drag or arrow keys step,
// Page keys go to the next mark.

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { DebugState } from "../../engine/workbench/protocol.ts";
import css from "./debugbar.module.css";

export interface TravelProps {
	readonly step: number;
	readonly total: number;
	readonly marks: DebugState["marks"];
	readonly onSeek: (step: number) => void;
	/** Steps on, or back when negative, from where those before led to. */
	readonly onSeekBy: (steps: number) => void;
}

export function Travel({ step, total, marks, onSeek, onSeekBy }: TravelProps) {
	const track = useRef<HTMLDivElement>(null);
	const at = (n: number) => `${total === 0 ? 0 : (100 * n) / total}%`;
	const seekTo = (n: number) => onSeek(Math.max(0, Math.min(total, Math.round(n))));
	const onPointer = (e: PointerEvent) => {
		const box = track.current?.getBoundingClientRect();
		if (!box || e.buttons === 0) return;
		e.currentTarget.setPointerCapture(e.pointerId);
		seekTo(((e.clientX - box.left) / box.width) * total);
	};
	const onKeyDown = (e: KeyboardEvent) => {
		const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
		if (by !== undefined) {
			e.preventDefault();
			return onSeekBy(by);
		}
		const later = marks.find((m) => m.step > step)?.step ?? total;
		const earlier = marks.findLast((m) => m.step < step)?.step ?? 0;
		const to = {
			PageUp: later,
			PageDown: earlier,
			Home: 0,
			End: total,
		}[e.key];
		if (to === undefined) return;
		e.preventDefault();
		seekTo(to);
	};
	return (
		<div
			className={css.travel}
			role="slider"
			tabIndex={0}
			aria-label="Step"
			aria-valuemin={0}
			aria-valuemax={total}
			aria-valuenow={step}
			aria-valuetext={`Step ${step} of ${total}`}
			onPointerDown={onPointer}
			onPointerMove={onPointer}
			onKeyDown={onKeyDown}
		>
			<div ref={track} className={css.track}>
				<i className={css.played} style={{ width: at(step) }} />
				{marks.map((m) => (
					<i
						key={`${m.kind}${m.step}`}
						className={css[m.kind === "breakpoint" ? "breakpoint" : "write"]}
						data-ahead={m.step > step}
						style={{ left: at(m.step) }}
						title={`${m.kind} at step ${m.step}`}
					/>
				))}
				<i className={css.handle} style={{ left: at(step) }} />
			</div>
		</div>
	);
}
