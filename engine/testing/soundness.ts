// Accepted programs run in the checked interpreter beside the paths that the verifier walked: no run may trap, and every register must
// be inside the state recorded where it stands. For tests only.

import { Random, toBigInt } from "../base/index.ts";
import { Kernel, type LoadedProgram } from "../kernel/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { type StateView, verify } from "../verifier/index.ts";
import { createVm, type Session, type Vm } from "../vm/index.ts";
import { type Bases, isInside } from "./inside.ts";
import { following, type Visit, walkedTree } from "./walked.ts";

interface SoundnessCounts {
	accepted: number;
	rejected: number;
	/** Runs, and their instructions. */
	runs: number;
	steps: number;
	/** Instructions at which every register was found inside a recorded state. */
	checked: number;
	/** Runs that ended because Skep lacks something. */
	lacking: number;
}

interface Violation {
	readonly descr: string;
	readonly what: string;
}

const FUEL = 2000;
const STATES = 4000;
const XDP = 6;
const SCHED_CLS = 3;
/** Programs after which the guest is made anew. */
const LIFETIME = 64;

export class Soundness {
	readonly counts: SoundnessCounts = {
		accepted: 0,
		rejected: 0,
		runs: 0,
		steps: 0,
		checked: 0,
		lacking: 0,
	};
	readonly violations: Violation[] = [];
	readonly #random: Random;
	#kernel = new Kernel({ cpus: 2 });
	#vm: Vm = createVm(this.#kernel.memory);
	#used = 0;

	constructor(seed: number) {
		this.#random = new Random(seed);
	}

	/** Verifies the program and, when it is accepted, runs it `runs` times on random packets. */
	check(descr: string, request: LoadRequest, runs: number): void {
		const report = verify(request, { trace: true, statesAt: () => true, insnLimit: STATES });
		if (!report.ok) {
			this.counts.rejected++;
			return;
		}
		this.counts.accepted++;
		const visits = walkedTree(report, request.code.opcode);
		if (++this.#used % LIFETIME === 0) {
			this.#kernel = new Kernel({ cpus: 2 });
			this.#vm = createVm(this.#kernel.memory);
		}
		const loading = this.#kernel.loadProgram(request, this.#vm);
		if ("failure" in loading) {
			this.counts.lacking++;
			return;
		}
		for (let i = 0; i < runs; i++) {
			const what = this.#run(loading.program, visits);
			if (what === undefined) continue;
			this.violations.push({ descr, what });
			break;
		}
		this.#kernel.closeProgram(loading.program);
		for (const map of loading.program.maps) this.#kernel.closeMap(map);
	}

	#packet(): Uint8Array {
		const random = this.#random;
		const data = new Uint8Array(14 + random.below(120));
		for (let i = 0; i < data.length; i++) data[i] = random.below(3) ? random.u32() : 0;
		return data;
	}

	/** What is wrong with one run. */
	#run(loaded: LoadedProgram, visits: readonly Visit[]): string | undefined {
		const prepared = this.#kernel.prepareRun(loaded, { data: this.#packet() });
		if (!("context" in prepared)) return undefined;
		const { context } = prepared;
		this.counts.runs++;
		const open = this.#vm.open(loaded.program, context, { fuel: FUEL, checkInit: true });
		try {
			return this.#follow(open.session, visits, context, loaded.type);
		} finally {
			open.close();
		}
	}

	#follow(
		session: Session,
		visits: readonly Visit[],
		context: number,
		type: number,
	): string | undefined {
		let at: Iterable<number> = [0];
		let onPath = true;
		let first = true;
		while (!session.result) {
			const { pc } = session;
			if (onPath && !first) {
				const { next, covered } = following(visits, at, pc);
				at = next;
				if (next.size === 0 && !covered) return `insn ${pc}: no path came here`;
				onPath = next.size > 0 && !covered;
			}
			first = false;
			if (onPath) {
				const bases = basesOf(session, context, type);
				const inside = [...at].filter((n) => holds(visits[n]?.state, session, bases));
				if (inside.length === 0) return `insn ${pc}: outside of ${inWords(visits, at, session)}`;
				at = inside;
				this.counts.checked++;
			}
			if (!onPath) break;
			this.counts.steps++;
			session.step();
		}
		const before = session.steps;
		const result = session.result ?? session.runFor(Number.POSITIVE_INFINITY);
		this.counts.steps += session.steps - before;
		if (result?.kind !== "trap") return undefined;
		if (result.trap.unsupported !== undefined || result.trap.kind === "fuel") {
			this.counts.lacking++;
			return undefined;
		}
		return `trap at ${result.trap.pc}: ${result.trap.message}`;
	}
}

function value(session: Session, r: number): bigint {
	return toBigInt(session.hi[r] as number, session.lo[r] as number);
}

function basesOf(session: Session, context: number, type: number): Bases {
	const data = type === XDP ? 0 : type === SCHED_CLS ? 76 : undefined;
	return {
		context: BigInt(context),
		data:
			data === undefined ? undefined : BigInt(session.memory.data.getUint32(context + data, true)),
		frame: value(session, 10),
	};
}

function holds(state: StateView | undefined, session: Session, bases: Bases): boolean {
	const frame = state?.frames.at(-1);
	return frame?.regs.every((view) => isInside(view, value(session, view.index), bases)) === true;
}

function inWords(visits: readonly Visit[], at: Iterable<number>, session: Session): string {
	const states = [...at].map((n) =>
		visits[n]?.state.frames
			.at(-1)
			?.regs.map((r) => `r${r.index}=${r.text}`)
			.join(" "),
	);
	const registers = Array.from(
		{ length: 11 },
		(_, r) => `r${r}=0x${value(session, r).toString(16)}`,
	);
	return `${states.join(" | ")}; registers ${registers.join(" ")}`;
}
