// The status bar: engine and problems on the left; cursor, position, link length and theme on the right.

import { useEffect, useState } from "react";
import { cycleTheme, perform } from "../commands/registry.ts";
import { halt } from "../commands/session.ts";
import { showPanel } from "../commands/view.ts";
import { encodeLink } from "../lib/share.ts";
import { problems } from "../panels/problems/select.ts";
import { useCursor } from "../stores/cursor.ts";
import { useEngine } from "../stores/engine.ts";
import { useProject, useWorkspace } from "../stores/workspace.ts";
import { Icon, text } from "../ui/index.ts";
import css from "./frame.module.css";

export function StatusBar() {
	return (
		<footer className={css.status}>
			<EngineState />
			<ProblemCount />
			<span className={css.grow} />
			<Where />
			<Position />
			<LinkLength />
			<button type="button" onClick={cycleTheme} title="Switch between dark and light">
				<Icon name="theme" size={12} />
				Theme
			</button>
		</footer>
	);
}

function EngineState() {
	const status = useEngine((s) => s.status);
	const running = useEngine((s) => s.running);
	if (running)
		return (
			<button type="button" onClick={() => void halt()} title="Stop the run">
				<Icon name="none" size={12} />
				{running.done} of {running.total} packets · Stop
			</button>
		);
	const ready = status === "ready";
	return (
		<span role="status">
			<Icon
				name={ready ? "accept" : "none"}
				size={12}
				className={ready ? text.accept : text.none}
			/>
			{ready ? "Engine ready" : status === "starting" ? "Engine starts" : "Engine starts again"}
		</span>
	);
}

function ProblemCount() {
	const diagnostics = useEngine((s) => s.build?.diagnostics);
	const verdicts = useEngine((s) => s.verdicts);
	const list = problems(diagnostics ?? [], verdicts);
	const errors = list.filter((p) => p.tone === "reject").length;
	const warnings = list.filter((p) => p.tone === "warning").length;
	return (
		<button type="button" title="Open Problems" onClick={() => showPanel("problems")}>
			<Icon name="reject" size={12} className={errors > 0 ? text.reject : undefined} />
			<span className={errors > 0 ? text.reject : undefined}>{errors}</span>
			<Icon name="warning" size={12} />
			{warnings}
			<span className={text.hidden}>problems</span>
		</button>
	);
}

function Where() {
	const pc = useCursor((c) => c.pc);
	const visit = useCursor((c) => c.visit);
	const state = useEngine((s) => s.visit);
	const debug = useEngine((s) => s.debug);
	if (pc === undefined) return <span className={text.dim}>no instruction</span>;
	return (
		<span>
			<b>insn {pc}</b>
			{state?.pc === pc ? `visit ${visit} of ${state.visits}` : "not verified"}
			{debug && (
				<>
					<span className={text.dim}>·</span> step {debug.step} of {debug.total}
				</>
			)}
		</span>
	);
}

function Position() {
	const line = useCursor((c) => c.line);
	const column = useCursor((c) => c.column);
	if (line === undefined) return null;
	return (
		<span>
			Ln {line}, Col {column ?? 1}
		</span>
	);
}

/** Measured half a second after the last change. */
function LinkLength() {
	const project = useProject((p) => p);
	const ready = useWorkspace((s) => s.ready);
	const [length, setLength] = useState<number | undefined>();
	useEffect(() => {
		if (!ready) return;
		const timer = setTimeout(() => void encodeLink(project).then((l) => setLength(l.length)), 500);
		return () => clearTimeout(timer);
	}, [project, ready]);
	return (
		<button type="button" title="Share" onClick={() => perform("share")}>
			<Icon name="link" size={12} />
			Link {length === undefined ? "…" : `${(length / 1000).toFixed(1)} kB`}
		</button>
	);
}
