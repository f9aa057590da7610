// Many generated programs before Linux and before the verifier, several on their way at a time. Verdict, errno, words, processed and
// states are compared for all, the whole log of level 2 for some of them. For tests only.

import type { LoadRequest } from "../object/index.ts";
import {
	type Answer,
	askLinux,
	compare,
	type Finding,
	isHarmful,
	type Judge,
} from "./conformance.ts";
import type { Linux } from "./linux.ts";

/** A program by its seed. */
export interface Generated {
	readonly descr: string;
	readonly request: LoadRequest;
}

interface ManyOptions {
	readonly first: number;
	readonly count: number;
	/** The whole log of every so many programs. */
	readonly logEvery: number;
	/** Log level by seed, in place of `logEvery`. */
	readonly levelOf?: (seed: number) => number;
	/** Programs that take more instructions are left out: the judge is to give up beyond. */
	readonly patience: number;
}

export interface ManyCounts {
	accepted: number;
	rejected: number;
	logs: number;
	/** Took too long, or their maps could not be made. */
	left: number;
}

const WINDOW = 8;

/** What differs among the programs of the seeds, and how many were looked at. */
export async function compareMany(
	generate: (seed: number) => Generated,
	linux: Linux,
	judge: Judge,
	options: ManyOptions,
): Promise<{ findings: Finding[]; counts: ManyCounts }> {
	const findings: Finding[] = [];
	const counts: ManyCounts = { accepted: 0, rejected: 0, logs: 0, left: 0 };
	const { first, count, logEvery, patience } = options;
	let next = first;
	const one = async (request: LoadRequest, level: number) => {
		let ours: Answer;
		try {
			ours = judge(request, level);
		} catch (error) {
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			return { difference: "crash" as const, detail: text };
		}
		if (ours.processed > patience || isHarmful(ours)) return undefined;
		const theirs = await askLinux(linux, request, level);
		if (theirs.stage === "map" || theirs.stage === "btf") return undefined;
		// Linux loses its way behind the verdict, when functions are compiled that no path came to.
		if (theirs.log.includes("verifier bug: No program to jit")) return undefined;
		counts[theirs.ok ? "accepted" : "rejected"]++;
		if (level & 2) counts.logs++;
		return compare(theirs, ours);
	};
	const worker = async () => {
		while (next < first + count) {
			const seed = next++;
			const { descr, request } = generate(seed);
			const raw = { descr, type: request.type };
			const level = options.levelOf?.(seed) ?? (seed % logEvery === 0 ? 6 : 4);
			const found = await one(request, level);
			if (found === undefined) counts.left++;
			else if (found.difference !== "same") findings.push({ raw, ...found });
		}
	};
	await Promise.all(Array.from({ length: WINDOW }, worker));
	return { findings, counts };
}
