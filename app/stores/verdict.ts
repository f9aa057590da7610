// How a verdict is shown, everywhere alike: tone, icon, word, facts. Pure.

import type { BuildReply, Verdict, VerifyReply } from "../../engine/workbench/protocol.ts";

export interface Shown {
	readonly tone: "accept" | "reject" | "unsupported" | "warning" | "bug" | "none";
	readonly icon: "accept" | "reject" | "unsupported" | "warning" | "bug" | "none";
	readonly word: string;
	readonly facts: readonly string[];
}

const words: Readonly<Record<Verdict["kind"], readonly [Shown["tone"], string]>> = {
	accepted: ["accept", "Accepted"],
	rejected: ["reject", "Rejected"],
	unsupported: ["unsupported", "Not supported by Skep"],
	bug: ["bug", "Skep has a bug"],
};

export function toneOf(verdict: Verdict | undefined): Shown["tone"] {
	return verdict ? words[verdict.kind][0] : "none";
}

export function milliseconds(ms: number): string {
	return ms < 1
		? `${ms.toFixed(1)} ms`
		: ms < 1000
			? `${Math.round(ms)} ms`
			: `${(ms / 1000).toFixed(1)} s`;
}

export function place(v: { readonly pc?: number; readonly line?: number }): string {
	const parts = [];
	if (v.pc !== undefined) parts.push(`insn ${v.pc}`);
	if (v.line !== undefined) parts.push(`line ${v.line}`);
	return parts.join(", ");
}

/** The verdict pill of a program. */
export function showVerdict(build: BuildReply | undefined, reply: VerifyReply | undefined): Shown {
	if (!build) return { tone: "none", icon: "none", word: "Starting…", facts: [] };
	const errors = build.diagnostics.filter((d) => d.severity === "error");
	if (build.programs.length === 0 && errors.length > 0) {
		const unsupported = errors.every((d) => d.unsupported !== undefined);
		const line = errors[0]?.span?.line;
		const compiled = /\.[ch]$/i.test(errors[0]?.span?.file ?? "");
		const fails = compiled ? "Does not compile" : "Does not assemble";
		return {
			tone: unsupported ? "unsupported" : "none",
			icon: unsupported ? "unsupported" : "none",
			word: unsupported ? "Not supported by Skep" : fails,
			facts: line === undefined ? [] : [`line ${line}`],
		};
	}
	if (build.programs.length === 0)
		return { tone: "none", icon: "none", word: "Nothing to verify", facts: [] };
	if (!reply) return { tone: "none", icon: "none", word: "Verifying…", facts: [] };
	const [tone, word] = words[reply.verdict.kind];
	return { tone, icon: tone, word, facts: factsOf(reply) };
}

function factsOf(reply: VerifyReply): string[] {
	const v = reply.verdict;
	const processed = `${reply.insnsProcessed} insns processed`;
	switch (v.kind) {
		case "accepted":
			return [processed, milliseconds(reply.timeMs)];
		case "rejected":
			return [v.pc === undefined ? "before insn 0" : `insn ${v.pc}`, processed];
		case "unsupported":
			return [v.what];
		case "bug":
			return [v.message];
	}
}
