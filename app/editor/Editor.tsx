// The editor as a component: mounts once, shows one file, and draws the card of a failing verdict below its line.

import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Verdict } from "../../engine/workbench/protocol.ts";
import { pointAtInsn } from "../commands/point.ts";
import { currentProgram, useEngine } from "../stores/engine.ts";
import { useProject, useWorkspace } from "../stores/workspace.ts";
import css from "./marks.module.css";
import { failingLine } from "./select.ts";
import { type Mounted, mountEditor } from "./setup.ts";
import { WhyCard } from "./WhyCard.tsx";

export function Editor({ path }: { readonly path: string }) {
	const host = useRef<HTMLDivElement>(null);
	const [mounted, setMounted] = useState<Mounted | undefined>();
	const id = useWorkspace((s) => s.id);
	useEffect(() => {
		if (!host.current) return;
		const made = mountEditor(host.current);
		setMounted(made);
		return () => {
			setMounted(undefined);
			made.dispose();
		};
	}, []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another project has other models for the same path
	useEffect(() => mounted?.show(path), [mounted, path, id]);
	return (
		<>
			<div ref={host} className={css.host} />
			{mounted && <Card mounted={mounted} path={path} />}
		</>
	);
}

const name = (v: Verdict) =>
	v.kind === "accepted" ? "" : `${v.kind}${"message" in v ? v.message : v.what}`;

function Card({ mounted, path }: { readonly mounted: Mounted; readonly path: string }) {
	const programs = useEngine((s) => s.built?.programs);
	const verdicts = useEngine((s) => s.verdicts);
	const program = currentProgram(
		programs,
		useProject((p) => p.program),
	);
	const reply = program && verdicts[program.name];
	const line = failingLine(reply, program, path);
	const [closed, setClosed] = useState("");
	const settled = useSettled();
	const key = reply ? name(reply.verdict) : "";
	const open = line !== undefined && key !== closed;
	const [below, setBelow] = useState<number | undefined>();
	useEffect(() => {
		if (!open) setBelow(undefined);
		else if (settled || below !== undefined) setBelow(line);
	}, [open, settled, line, below]);
	const sheet = innerWidth < 600;
	useEffect(() => {
		mounted.zone.place(sheet ? undefined : below);
		if (sheet) mounted.reveal(below);
	}, [mounted, below, sheet]);
	if (below === undefined || !reply || reply.verdict.kind === "accepted") return null;
	const card = (
		<WhyCard
			verdict={reply.verdict}
			card={reply.card}
			onClose={() => setClosed(key)}
			onInsn={(pc) => pointAtInsn(pc, "card")}
			onFix={mounted.apply}
		/>
	);
	return sheet ? <div className={css.sheet}>{card}</div> : createPortal(card, mounted.zone.node);
}

/** False while the person types: a card that comes and goes with every key would make the code jump. */
function useSettled(): boolean {
	const revision = useWorkspace((s) => s.revision);
	const [quiet, setQuiet] = useState(revision);
	useEffect(() => {
		const timer = setTimeout(setQuiet, 600, revision);
		return () => clearTimeout(timer);
	}, [revision]);
	return quiet === revision;
}
