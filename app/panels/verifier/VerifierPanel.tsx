// The verifier: visits of the cursor's instruction, or the whole log; below, what it knew before that instruction.

import { useState } from "react";
import { skeleton } from "../../commands/starts.ts";
import { useCursor } from "../../stores/cursor.ts";
import { useEngine } from "../../stores/engine.ts";
import { showVerdict, toneOf } from "../../stores/verdict.ts";
import { setText, textOf, useProject } from "../../stores/workspace.ts";
import { Button, Empty, Icon, panel, Segments, text } from "../../ui/index.ts";
import { registersIn, useProgram, useReply } from "../parts/current.ts";
import { StateTable } from "../parts/StateTable.tsx";
import { Kernels } from "./Kernels.tsx";
import { Log } from "./Log.tsx";
import { summary } from "./select.ts";
import { Visits } from "./Visits.tsx";
import css from "./verifier.module.css";

const options = [
	{ value: "visits", title: "Visits" },
	{ value: "log", title: "Log" },
	{ value: "kernels", title: "Kernels" },
] as const;

export function VerifierPanel() {
	const program = useProgram();
	const reply = useReply();
	const build = useEngine((s) => s.build);
	const entry = useProject((p) => p.entry);
	const empty = useProject((p) => textOf(p, p.entry) === "");
	const [shown, setShown] = useState<(typeof options)[number]["value"]>("log");
	if (!program || !reply)
		return (
			<Empty
				icon="shield"
				title={program ? "Verifying…" : "No program yet"}
				text="What the verifier learns at every instruction appears here, with the reason when it rejects."
			>
				{empty && (
					<Button kind="outline" onClick={() => setText(entry, skeleton)}>
						Insert XDP skeleton
					</Button>
				)}
			</Empty>
		);
	const tone = toneOf(reply.verdict);
	return (
		<div className={panel.panel}>
			<div className={`${panel.sub} ${panel.tall}`}>
				<Segments label="Verifier view" value={shown} options={options} onChange={setShown} />
				<span className={text.grow} />
				<Icon name={tone} size={14} className={text[tone]} />
				<span title={showVerdict(build, reply).word}>{summary(reply)}</span>
			</div>
			{reply.verdict.kind === "unsupported" && (
				<p className={css.limit}>
					<Icon name="unsupported" />
					<span>
						{reply.verdict.what} is not modelled here yet. Linux 6.18 may accept or reject this
						program: Skep does not know.
					</span>
				</p>
			)}
			{shown === "log" && <Log program={program.name} reply={reply} />}
			{shown === "visits" && <Visits />}
			{shown === "kernels" && <Kernels reply={reply} />}
			<Before />
		</div>
	);
}

/** The state before the cursor's instruction. */
function Before() {
	const pc = useCursor((c) => c.pc);
	const state = useEngine((s) => s.visit);
	const program = useProgram();
	if (pc === undefined) return null;
	const row = program?.listing.find((r) => r.pc === pc);
	const there = state?.pc === pc;
	return (
		<section className={css.before} aria-label="State before the instruction">
			<div className={`${panel.sub} ${panel.line}`}>
				<b>Before insn {pc}</b>
				<span className={`${text.mono} ${text.cut}`}>{row?.text}</span>
				<span className={text.end}>
					{there ? `visit ${state.visit} of ${state.visits}` : "never verified"}
				</span>
			</div>
			{there && (
				<div className={css.state}>
					<StateTable state={state} used={registersIn(row?.text)} />
				</div>
			)}
		</section>
	);
}
