// "Why not?": the rejection as reason, Linux's own words, the range, what is known and needed, and the path there.

import { Fragment } from "react";
import type { PathStep, RejectionCard, Verdict } from "../../engine/workbench/protocol.ts";
import { place } from "../stores/verdict.ts";
import { Button, Icon, IconButton } from "../ui/index.ts";
import css from "./card.module.css";
import { Extent } from "./Extent.tsx";

type Failed = Exclude<Verdict, { kind: "accepted" }>;

export interface WhyCardProps {
	readonly verdict: Failed;
	readonly card: RejectionCard | undefined;
	readonly onClose: () => void;
	readonly onInsn: (pc: number) => void;
	readonly onFix: (edits: Fix["edits"]) => void;
}

type Fix = NonNullable<RejectionCard["fix"]>;

const looks = {
	rejected: { tone: "reject", title: "Why not?" },
	unsupported: { tone: "unsupported", title: "Not supported by Skep" },
	bug: { tone: "bug", title: "Skep has a bug" },
} as const;

export function WhyCard({ verdict, card, onClose, onInsn, onFix }: WhyCardProps) {
	const { tone, title } = looks[verdict.kind];
	const at = verdict.kind === "bug" ? "" : place(verdict);
	return (
		<div className={css.card} data-tone={tone} role="note" aria-label={title}>
			<header>
				<Icon name={tone} className={css.icon} />
				<b>{title}</b>
				<span>{verdict.kind === "rejected" ? `Rejected at ${at || "load"}` : at}</span>
				{card && <code className={css.id}>{card.id}</code>}
				<IconButton icon="close" label="Close" onClick={onClose} />
			</header>
			<div className={css.body}>
				{verdict.kind === "rejected" && (
					<Rejected verdict={verdict} card={card} onInsn={onInsn} onFix={onFix} />
				)}
				{verdict.kind === "unsupported" && (
					<>
						<p className={css.reason}>{verdict.what} is not modelled here yet.</p>
						<p>Linux 6.18 may accept or reject this program: Skep does not know.</p>
					</>
				)}
				{verdict.kind === "bug" && (
					<>
						<p className={css.reason}>{verdict.message}</p>
						<p>Your program is not at fault. Nothing was lost.</p>
					</>
				)}
			</div>
		</div>
	);
}

function Mend({ fix, onFix }: { readonly fix: Fix; readonly onFix: WhyCardProps["onFix"] }) {
	return (
		<p className={css.mend}>
			<Button
				kind="outline"
				small
				icon="check"
				title="The verifier judges the result; Undo takes it back"
				onClick={() => onFix(fix.edits)}
			>
				{fix.title}
			</Button>
		</p>
	);
}

interface RejectedProps {
	readonly verdict: Extract<Verdict, { kind: "rejected" }>;
	readonly card: RejectionCard | undefined;
	readonly onInsn: (pc: number) => void;
	readonly onFix: WhyCardProps["onFix"];
}

function Rejected({ verdict, card, onInsn, onFix }: RejectedProps) {
	const kernel = card?.kernel.length ? card.kernel : [verdict.message];
	return (
		<>
			{card && (
				<p className={css.reason}>
					<Prose text={card.reason} />
				</p>
			)}
			{card?.fix && <Mend fix={card.fix} onFix={onFix} />}
			<p className={css.kernel}>
				{kernel.map((line) => (
					<span key={line}>{line}</span>
				))}
			</p>
			{card?.range && <Extent range={card.range} />}
			{card && (
				<dl className={css.facts}>
					<dt>Known</dt>
					<dd>
						<Prose text={card.known} />
					</dd>
					<dt>Needed</dt>
					<dd>
						<Prose text={card.needed} />
					</dd>
					<dt>Usually</dt>
					<dd>
						<Prose text={card.usually} />
					</dd>
					{card.pc !== undefined && (
						<>
							<dt>Path</dt>
							<dd>
								{card.path.length > 0 ? (
									<Path steps={card.path} onInsn={onInsn} />
								) : (
									"No branch leads here."
								)}
							</dd>
						</>
					)}
				</dl>
			)}
		</>
	);
}

/** Text with code between backquotes. */
function Prose({ text }: { readonly text: string }) {
	return text.split("`").map((part, at) => {
		const key = `${at} ${part}`;
		return at % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>;
	});
}

interface PathProps {
	readonly steps: readonly PathStep[];
	readonly onInsn: (pc: number) => void;
}

/** The branches on the way, one a row: where, what, and where it goes on. */
function Path({ steps, onInsn }: PathProps) {
	// The same branch may come again with another one in between.
	const rows = steps.map((step, at) => ({ step, id: `${at} ${step.pc}` }));
	return (
		<ol className={css.path}>
			{rows.map(({ step, id }) =>
				step.kind === "gap" ? (
					<li key={id} className={css.gap}>
						… {step.times} more
					</li>
				) : (
					<li key={id}>
						<Button
							kind="link"
							className={css.stretch}
							title={`Go to insn ${step.pc}`}
							onClick={() => onInsn(step.pc)}
						>
							{step.line ?? step.pc}
						</Button>
						<code title={step.text}>{step.text}</code>
						<Icon name="forward" size={10} />
						<span title={way(step)}>{step.toLine ?? step.to}</span>
						{step.times > 1 && <em>×{step.times}</em>}
					</li>
				),
			)}
		</ol>
	);
}

function way({ kind, taken, to }: PathStep): string {
	if (kind !== "branch") return kind === "call" ? "a call" : "back from a call";
	return taken ? `jumps to insn ${to}` : `goes on at insn ${to}`;
}
