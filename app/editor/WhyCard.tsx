// "Why not?": the rejection as reason, Linux's own words, the range, what is known and needed, and the path there.

import { Fragment } from "react";
import type { RejectionCard, Verdict } from "../../engine/workbench/protocol.ts";
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
				<IconButton icon="close" label="Close" onClick={onClose} />
			</header>
			<div className={css.body}>
				{verdict.kind === "rejected" && <Rejected verdict={verdict} card={card} onInsn={onInsn} />}
				{card?.fix && <Mend fix={card.fix} onFix={onFix} />}
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
			<Button kind="outline" small icon="check" onClick={() => onFix(fix.edits)}>
				{fix.title}
			</Button>
			<span>The verifier judges the result; Undo takes it back.</span>
		</p>
	);
}

interface RejectedProps {
	readonly verdict: Extract<Verdict, { kind: "rejected" }>;
	readonly card: RejectionCard | undefined;
	readonly onInsn: (pc: number) => void;
}

function Rejected({ verdict, card, onInsn }: RejectedProps) {
	const kernel = card?.kernel.length ? card.kernel : [verdict.message];
	return (
		<>
			{card && <p className={css.reason}>{card.reason}</p>}
			<p className={css.kernel}>
				{kernel.map((line) => (
					<span key={line}>{line}</span>
				))}
			</p>
			{card?.range && <Extent range={card.range} />}
			{card && (
				<dl className={css.facts}>
					<dt>Known</dt>
					<dd>{card.known}</dd>
					<dt>Needed</dt>
					<dd>{card.needed}</dd>
					<dt>Path</dt>
					<dd className={css.path}>
						{card.path.map(({ from, to }, at) => (
							<Fragment key={`${from}-${to}`}>
								{at > 0 && <Icon name="forward" size={10} />}
								<Button
									kind="link"
									className={at === card.path.length - 1 ? css.last : css.stretch}
									title={`Go to insn ${to}`}
									onClick={() => onInsn(to)}
								>
									{from === to ? from : `${from}–${to}`}
								</Button>
							</Fragment>
						))}
					</dd>
				</dl>
			)}
		</>
	);
}
