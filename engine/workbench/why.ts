// What people ask about one judged program: why it was rejected, and which kernel has what it needs. For the command line.

import type { Btf } from "../btf/index.ts";
import { loadRequest, type ObjectFile, type ProgramSpec } from "../object/index.ts";
import { faultCard, rejectionCard } from "./explain/card.ts";
import { longText } from "./explain/render.ts";
import { type Judgement, programTypeNumber } from "./judge.ts";
import { type MinimumKernel, minimumKernel } from "./minimum.ts";
import { type BuiltProgram, builtPrograms } from "./programs.ts";
import type { RejectionCard } from "./protocol.ts";
import { Verification } from "./verification.ts";

export interface WhyOptions {
	/** The kernel's types that it was judged by. */
	readonly kernel?: Btf;
	/** Text of a source file by the name in the object's line information; explanations of C and mends need it. */
	readonly source?: (file: string) => string | undefined;
}

/** Undefined for a program that was accepted, or on which there is no verdict. */
export function whyRejected(
	object: ObjectFile,
	program: ProgramSpec,
	answer: Judgement,
	{ kernel, source }: WhyOptions,
): RejectionCard | undefined {
	const { report, request } = answer;
	if (answer.ok || answer.unsupported !== undefined) return undefined;
	const built = builtOf(object, program, answer);
	if (!report || !request) return faultCard(answer.message, built);
	return report.pc === undefined
		? rejectionCard({ report, program: built, source })
		: new Verification(0, built, request, kernel).card(source);
}

/** A rejection as lines of text, ends with a newline. */
export function whyText(card: RejectionCard): string {
	return longText(card);
}

/** What the program needs of a kernel, with places; undefined when its type is not known. */
export function neededKernel(
	object: ObjectFile,
	program: ProgramSpec,
	answer: Judgement,
): MinimumKernel | undefined {
	const type = programTypeNumber(answer.typeName);
	if (type === undefined) return undefined;
	const request = answer.request ?? loadRequest(object, program, type);
	return minimumKernel(request, answer.insnsProcessed, builtOf(object, program, answer).places);
}

function builtOf(object: ObjectFile, program: ProgramSpec, answer: Judgement): BuiltProgram {
	const one = { ...object, programs: [program] };
	const [built] = builtPrograms(one, programTypeNumber(answer.typeName));
	if (!built) throw new Error("Skep bug: a program that is not built");
	return built;
}
