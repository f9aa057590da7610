// The verdict of the current program. While a new one is computed the old one stays, greyed after 150 ms; the word
// changes only after 400 ms.

import { useEffect, useState } from "react";
import { currentProgram, useEngine } from "../stores/engine.ts";
import { type Shown, showVerdict } from "../stores/verdict.ts";
import { useProject, useWorkspace } from "../stores/workspace.ts";
import { Icon, Pill, text } from "../ui/index.ts";
import css from "./phone.module.css";

const notWaited: Shown = {
	tone: "none",
	icon: "none",
	word: "Stopped",
	facts: ["the next edit verifies again"],
};

/** The verdict to show, and how late its successor is. */
function useVerdict(): {
	readonly shown: Shown;
	readonly late: "no" | "stale" | "verifying";
	readonly revision: number | undefined;
	/** It is of an older text. */
	readonly busy: boolean;
} {
	const build = useEngine((s) => s.build);
	const verdicts = useEngine((s) => s.verdicts);
	const since = useEngine((s) => s.working?.since);
	const chosen = useProject((p) => p.program);
	const program = currentProgram(build?.programs, chosen);
	const [late, setLate] = useState<"no" | "stale" | "verifying">("no");
	useEffect(() => {
		if (since === undefined) return setLate("no");
		const stale = setTimeout(setLate, 150, "stale");
		const verifying = setTimeout(setLate, 400, "verifying");
		return () => {
			clearTimeout(stale);
			clearTimeout(verifying);
		};
	}, [since]);
	const stopped = useEngine((s) => s.stopped !== undefined && s.stopped === s.build?.revision);
	const judged = useEngine((s) => s.judged);
	const busy = useWorkspace((s) => s.source) !== judged;
	const reply = program && verdicts[program.name];
	const shown = showVerdict(build, reply);
	const given = stopped ? { ...shown, ...notWaited } : shown;
	return { shown: given, late, revision: reply?.revision, busy };
}

export function VerdictPill({ onClick }: { readonly onClick: () => void }) {
	const { shown, late, revision, busy } = useVerdict();
	return (
		<Pill
			{...shown}
			icon={late === "verifying" ? "none" : shown.icon}
			word={late === "verifying" ? "Verifying…" : shown.word}
			stale={late !== "no"}
			revision={revision}
			busy={busy}
			onClick={onClick}
		/>
	);
}

/** The same as a strip across the phone. */
export function VerdictStrip({ onClick }: { readonly onClick: () => void }) {
	const { shown, late, busy } = useVerdict();
	const [first, ...rest] = shown.facts;
	return (
		<button
			type="button"
			className={css.verdict}
			data-tone={shown.tone}
			aria-busy={busy}
			onClick={onClick}
		>
			<Icon name={late === "verifying" ? "none" : shown.icon} className={text[shown.tone]} />
			<b className={text[shown.tone]}>{shown.word}</b>
			<span className={text.cut}>{first}</span>
			<span className={css.last}>{rest.at(-1)}</span>
		</button>
	);
}
