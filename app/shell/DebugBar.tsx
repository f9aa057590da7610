// The debug bar: only while paused. Steps in both directions, the time line, and the step as a number.

import { useState } from "react";
import { command, perform } from "../commands/registry.ts";
import { seek, seekBy } from "../commands/run.ts";
import { showCombo } from "../lib/keys.ts";
import { useEngine } from "../stores/engine.ts";
import { stopReason } from "../stores/watches.ts";
import { useProject } from "../stores/workspace.ts";
import { Button, IconButton, type IconName, Pill } from "../ui/index.ts";
import css from "./debugbar.module.css";
import { Travel } from "./Travel.tsx";

const buttons: readonly { readonly id: string; readonly icon: IconName }[] = [
	{ id: "step.reverse", icon: "rewind" },
	{ id: "step.backOver", icon: "backOver" },
	{ id: "step.back", icon: "back" },
	{ id: "step", icon: "forward" },
	{ id: "step.over", icon: "over" },
	{ id: "step.out", icon: "out" },
	{ id: "step.cursor", icon: "toEnd" },
];

export function DebugBar() {
	const debug = useEngine((s) => s.debug);
	const packets = useProject((p) => p.scenario.packets.length);
	if (!debug) return null;
	const { finished } = debug;
	const reason = stopReason(debug);
	const ended = finished && ("trap" in finished ? "Trap" : finished.action);
	return (
		<div className={css.bar} role="toolbar" aria-label="Stepping">
			<Pill
				tone="none"
				icon="pause"
				word={ended ? `Ended: ${ended}` : "Paused"}
				facts={[`packet ${debug.packet + 1} of ${packets}`, ...(reason ? [reason] : [])]}
			/>
			<span className={css.buttons}>
				{buttons.map(({ id, icon }) => {
					const keys = command(id).keys;
					return (
						<IconButton
							key={id}
							icon={icon}
							label={command(id).title}
							keys={keys && showCombo(keys)}
							onClick={() => perform(id)}
						/>
					);
				})}
			</span>
			<span className={css.sep} />
			<Travel
				step={debug.step}
				total={debug.total}
				marks={debug.marks}
				onSeek={(n) => void seek(n)}
				onSeekBy={(n) => void seekBy(n)}
			/>
			<StepNumber key={debug.step} step={debug.step} total={debug.total} />
			<span className={css.sep} />
			<span className={css.key}>
				<svg width="10" height="10" aria-hidden="true">
					<circle cx="5" cy="5" r="4" fill="var(--breakpoint)" />
				</svg>
				breakpoint
			</span>
			<span className={css.key}>
				<svg width="10" height="10" aria-hidden="true">
					<path d="M5 1l4 4-4 4-4-4z" fill="var(--changed-text)" />
				</svg>
				call or write
			</span>
			<Button small icon="close" onClick={() => perform("leave")}>
				End
			</Button>
		</div>
	);
}

function StepNumber({ step, total }: { readonly step: number; readonly total: number }) {
	const [draft, setDraft] = useState(String(step));
	return (
		<form
			className={css.number}
			onSubmit={(e) => {
				e.preventDefault();
				const n = Number.parseInt(draft, 10);
				if (n >= 0) void seek(Math.min(n, total));
			}}
		>
			<input
				aria-label="Step"
				inputMode="numeric"
				value={draft}
				onChange={(e) => setDraft(e.target.value)}
			/>
			<span>of {total} steps</span>
		</form>
	);
}
