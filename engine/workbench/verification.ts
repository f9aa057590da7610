// One program's verification, as the page asks for it: verdict first, then log and states by windows. The verifier is deterministic,
// so what was not kept is had again by another walk.

import { toBigInt, toSignedBigInt } from "../base/index.ts";
import type { Btf } from "../btf/index.ts";
import type { LoadRequest } from "../object/index.ts";
import {
	type RegView,
	type Report,
	SCALAR_VALUE,
	type StateView,
	verify,
} from "../verifier/index.ts";
import { rejectionCard } from "./explain/card.ts";
import { minimumKernel } from "./minimum.ts";
import type { BuiltProgram } from "./programs.ts";
import type { LogWindow, RejectionCard, Verdict, VerifyReply, VisitState } from "./protocol.ts";
import { sameLoad } from "./sameload.ts";

/** Programs up to this many slots get hints beside their lines. */
const HINT_LIMIT = 4096;
/** States kept for one instruction. */
const MOST_STATES = 10_000;

/** What an instruction changed, for people. */
interface Change {
	readonly register: number;
	readonly text: string;
}

export class Verification {
	readonly program: BuiltProgram;
	readonly request: LoadRequest;
	readonly report: Report;
	readonly #revision: number;
	readonly #timeMs: number;
	readonly #kernel: { readonly kernel?: Btf };
	/** The state before the first visit of each instruction; for short programs only. */
	readonly #first: Map<number, StateView>;
	readonly #states: Map<number, readonly StateView[]>;
	readonly #changes: ReadonlyMap<number, Change>;
	#log: readonly string[] | undefined;
	/** What a walk that was repeated for the rejected instruction's state has shown. */
	#again: Report["trace"] | undefined;

	/**
	 * `kernel` holds the types to judge against; without them the simulated kernel's. What `former` found of the same program, whose
	 * lines may have moved, is taken over.
	 */
	constructor(
		revision: number,
		program: BuiltProgram,
		request: LoadRequest,
		kernel?: Btf,
		former?: Verification,
	) {
		this.#kernel = kernel ? { kernel } : {};
		this.#revision = revision;
		this.program = program;
		this.request = request;
		if (former && former.#kernel.kernel === kernel && sameLoad(former.request, request)) {
			this.report = former.report;
			this.#timeMs = former.#timeMs;
			this.#first = former.#first;
			this.#states = former.#states;
			this.#changes = former.#changes;
			return;
		}
		this.#first = new Map();
		this.#states = new Map();
		const seen = new Uint8Array(request.code.length);
		const keep = request.code.length <= HINT_LIMIT;
		const started = performance.now();
		this.report = verify(request, {
			...this.#kernel,
			...(keep
				? {
						statesAt: (_step: number, pc: number) => {
							const fresh = seen[pc] === 0;
							seen[pc] = 1;
							return fresh;
						},
					}
				: {}),
		});
		this.#timeMs = performance.now() - started;
		for (const view of this.report.trace?.states ?? []) this.#first.set(view.pc, view);
		this.#changes = changesOf(this.#first);
	}

	/** `source` gives the texts of the project's files, for explanations of C. */
	reply(source?: (file: string) => string | undefined): VerifyReply {
		const { report, program } = this;
		const verdict = this.#verdict();
		const { stats } = report;
		const card = verdict.kind === "rejected" ? this.card(source) : undefined;
		return {
			revision: this.#revision,
			program: program.spec.name,
			verdict,
			insnsProcessed: stats.insnsProcessed,
			totalStates: stats.totalStates,
			peakStates: stats.peakStates,
			timeMs: this.#timeMs,
			visits: [...report.visits],
			hints: this.#hints(),
			logLines: this.#log?.length ?? 0,
			...(card ? { card } : {}),
			kernel: minimumKernel(this.request, stats.insnsProcessed, program.places),
		};
	}

	#verdict(): Verdict {
		const { report, program } = this;
		const place = report.pc === undefined ? undefined : program.places[report.pc];
		const at =
			report.pc === undefined
				? {}
				: { pc: report.pc, ...(place ? { file: place.file, line: place.line } : {}) };
		if (report.unsupported !== undefined) {
			const { pc, line } = { pc: undefined, line: undefined, ...at };
			return {
				kind: "unsupported",
				what: report.unsupported,
				...(pc === undefined ? {} : { pc }),
				...(line === undefined ? {} : { line }),
			};
		}
		if (report.stoppedAt !== undefined)
			return {
				kind: "unsupported",
				what: `a verdict: stopped after ${report.stoppedAt} instructions`,
			};
		if (report.ok) return { kind: "accepted" };
		const { message, errno, reason = "other" } = report;
		return { kind: "rejected", message, errno: Math.abs(errno), reason, ...at };
	}

	/** Why the program was rejected. */
	card(source?: (file: string) => string | undefined): RejectionCard {
		const { report, program } = this;
		return rejectionCard({ report, program, ...this.#failing(), source });
	}

	/** The state before the instruction that was rejected, as on its last visit; for long programs also the way there. */
	#failing(): { state?: StateView | undefined; trace?: Report["trace"] | undefined } {
		const { pc, visits, trace, reason } = this.report;
		const last = pc === undefined ? 0 : (visits[pc] ?? 0);
		// Where a limit was met no one state is to blame, and another walk would take as long.
		const limit = reason?.startsWith("limit/") ?? false;
		if (pc === undefined || (trace && (last === 0 || limit))) return {};
		const known = last === 1 ? this.#first.get(pc) : undefined;
		if (known && trace) return { state: known };
		let count = 0;
		this.#again ??= verify(this.request, {
			...this.#kernel,
			statesAt: (_step, at) => at === pc && ++count === last,
		}).trace;
		return { state: this.#again?.states[0], trace: this.#again };
	}

	/** All states before the instruction, in order of visits. */
	states(pc: number): readonly StateView[] {
		const known = this.#states.get(pc);
		if (known) return known;
		let count = 0;
		const { trace } = verify(this.request, {
			...this.#kernel,
			statesAt: (_step, at) => at === pc && count++ < MOST_STATES,
		});
		const states = trace?.states ?? [];
		this.#states.set(pc, states);
		return states;
	}

	/** The state on one visit, counted from 1. */
	state(pc: number, visit: number): VisitState | undefined {
		// The first visit is what most ask for, after every key.
		const known = visit === 1 ? this.#first.get(pc) : undefined;
		const view = known ?? this.states(pc)[visit - 1];
		const frame = view?.frames[view.frames.length - 1];
		if (!view || !frame) return undefined;
		const before = this.#before(pc);
		return {
			pc,
			visit,
			visits: this.report.visits[pc] ?? this.states(pc).length,
			registers: frame.regs.map((r) => ({
				name: `r${r.index}`,
				text: r.text,
				changed: before !== undefined && before.get(r.index) !== r.text,
			})),
			stack: frame.stack.map((s) => ({ offset: s.off, text: s.text })),
			frame: view.frames.length - 1,
		};
	}

	/** Texts of the registers on the first visit of the instruction before; for marking changes. */
	#before(pc: number): Map<number, string> | undefined {
		const view = this.#first.get(pc - 1) ?? this.#first.get(pc - 2);
		const frame = view?.frames[view.frames.length - 1];
		return frame && new Map(frame.regs.map((r) => [r.index, r.text]));
	}

	/** A slice of the level-2 log. */
	log(from: number, count: number): LogWindow {
		this.#log ??= verify(this.request, { ...this.#kernel, logLevel: 2 })
			.log.replace(/\n$/, "")
			.split("\n");
		const all = this.#log;
		const start = Math.max(0, Math.min(from, all.length));
		return {
			revision: this.#revision,
			from: start,
			total: all.length,
			lines: all.slice(start, start + Math.max(0, count)).map((text) => {
				const pc = /^(\d+): \(/.exec(text)?.[1];
				return pc === undefined ? { text } : { text, pc: Number(pc) };
			}),
		};
	}

	/** The variable that a register holds before an instruction. */
	#variable(register: number, pc: number): string | undefined {
		return this.program.spec.variables?.find(
			(v) => v.register === register && v.start <= pc && pc < v.end,
		)?.name;
	}

	/** For each line: the register that its last instruction changed, as the verifier knows it afterwards. */
	#hints(): VerifyReply["hints"] {
		const hints = new Map<string, { file: string; line: number; text: string }>();
		const { places } = this.program;
		for (const [pc, { register, text }] of this.#changes) {
			const place = places[pc - 1];
			if (!place) continue;
			const name = this.#variable(register, pc) ?? `r${register}`;
			hints.set(`${place.file}:${place.line}`, { ...place, text: shorten(`${name} ${text}`) });
		}
		return [...hints.values()];
	}
}

/** For each instruction: what the one in the slot before it did to a register, if it was just before. */
function changesOf(first: ReadonlyMap<number, StateView>): Map<number, Change> {
	const changes = new Map<number, Change>();
	for (const [pc, after] of first) {
		const before = first.get(pc - 1);
		if (!before || before.frames.length !== after.frames.length) continue;
		const changed = changedRegister(before, after);
		if (changed) changes.set(pc, { register: changed.index, text: brief(changed) });
	}
	return changes;
}

function changedRegister(before: StateView, after: StateView): RegView | undefined {
	const old = before.frames.at(-1)?.regs ?? [];
	return after.frames
		.at(-1)
		?.regs.find((r) => old.find((o) => o.index === r.index)?.text !== r.text);
}

/** A scalar as its range, which says most in little room; everything else in the kernel's notation. */
function brief(view: RegView): string {
	if (view.type !== SCALAR_VALUE) return view.text;
	const [low, high] = [toBigInt(...view.umin), toBigInt(...view.umax)];
	if (low === high) return toSignedBigInt(...view.umin).toString();
	if (high < 1n << 63n) return `${short(low)}..${short(high)}`;
	const [least, most] = [toSignedBigInt(...view.smin), toSignedBigInt(...view.smax)];
	return least > -(1n << 63n) || most < (1n << 63n) - 1n
		? `${short(least)}..${short(most)}`
		: "unknown";
}

/** Small numbers in decimal, large ones in hexadecimal, as the kernel's log has them. */
function short(n: bigint): string {
	if (n > -10_000n && n < 10_000n) return `${n}`;
	return n < 0n ? `-0x${(-n).toString(16)}` : `0x${n.toString(16)}`;
}

function shorten(text: string): string {
	return text.length <= 20 ? text : `${text.slice(0, 19)}…`;
}
