// Stepping through one packet's run, both ways: the moment as the page shows it, with the verifier's knowledge beside each value.

import { fromHex, toHex } from "../base/index.ts";
import { Debugger, type Goal, type Stop } from "../debug/index.ts";
import { BPF_ATOMIC, BPF_LDX, BPF_ST, BPF_STX, type Code, insnAt } from "../isa/index.ts";
import type { LoadedProgram } from "../kernel/index.ts";
import { changedRanges } from "../net/index.ts";
import { PTR_TO_PACKET, type RegView, type StateView } from "../verifier/index.ts";
import type { OpenSession, Session } from "../vm/index.ts";
import { shortAction } from "./action.ts";
import type { Arrival } from "./arrival.ts";
import { fits, type Landmarks, matchState, valueText } from "./ghost.ts";
import { hostState } from "./hoststate.ts";
import type { Installation } from "./install.ts";
import { type Place, samePlace } from "./listing.ts";
import type { Pace } from "./packets.ts";
import type { BuiltProgram } from "./programs.ts";
import type { PacketInput } from "./project.ts";
import type { DebugRegister, DebugState, StackRow, StepKind, Watch } from "./protocol.ts";
import type { Verification } from "./verification.ts";
import { Watching } from "./watching.ts";

/** Steps that are laid out on the time line; a longer run is stepped without an end mark. */
const MOST_STEPS = 200_000;
const SLICE = 5000;
const BYTES = [4, 2, 1, 8] as const;

/** What stepping needs to know of where it is. */
export interface Scene {
	readonly revision: number;
	readonly installation: Installation;
	readonly loaded: LoadedProgram;
	readonly packet: PacketInput;
	readonly index: number;
	readonly arrival: Arrival;
	readonly pace: Pace;
	/** The built program of a name, and its verification: tail calls may lead to others. */
	readonly program: (name: string) => BuiltProgram | undefined;
	readonly verification: (name: string) => Verification | undefined;
}

export class Stepping {
	readonly #scene: Scene;
	readonly #open: OpenSession;
	readonly #debugger: Debugger;
	readonly #watching: Watching;
	/** pc of each step of the whole run. */
	readonly #pcs: number[] = [];
	/** Source place and call depth of each step. */
	readonly #places: (Place | undefined)[] = [];
	readonly #depths: number[] = [];
	readonly #writes = new Set<number>();
	readonly #before: Uint8Array;
	#total = 0;
	#previous: { step: number; lo: Int32Array; hi: Int32Array; stack: Uint8Array } | undefined;

	private constructor(scene: Scene) {
		this.#scene = scene;
		this.#before = fromHex(scene.packet.data) ?? new Uint8Array();
		this.#open = scene.installation.vm.open(scene.loaded.program, scene.arrival.context, {
			checkInit: true,
		});
		this.#debugger = new Debugger(this.#open.session, hostState(scene.installation.kernel));
		this.#watching = new Watching(this.#debugger, scene.installation);
	}

	/** Walks the run once to lay out its time line, and stands before its first instruction. */
	static async start(scene: Scene): Promise<Stepping> {
		const stepping = new Stepping(scene);
		await stepping.#survey();
		return stepping;
	}

	async #survey(): Promise<void> {
		const { session } = this;
		const first = this.#scene.arrival.start - 256;
		session.onAccess = (address, _size, write) => {
			if (write && address >= first && address < first + 70_000) this.#writes.add(session.steps);
		};
		while (!session.result && session.steps < MOST_STEPS && !this.#scene.pace.stopped()) {
			this.#pcs.push(session.pc);
			this.#places.push(this.#program()?.places[session.pc]);
			this.#depths.push(session.depth);
			this.#debugger.move({ kind: "step" });
			if (session.steps % SLICE === 0) await this.#scene.pace.pause();
		}
		session.onAccess = undefined;
		this.#total = session.steps;
		this.#debugger.goTo(0);
	}

	/** The built program that runs now. */
	#program(): BuiltProgram | undefined {
		const { program, loaded } = this.#scene;
		return program(this.session.program.name) ?? program(loaded.name);
	}

	/** First step after this moment in another line or function; `over`: not in one that is called from here. */
	#nextLine(over: boolean): number {
		const now = this.session.steps;
		const [place, depth] = [this.#places[now], this.#depths[now] ?? 0];
		for (let s = now + 1; s < this.#pcs.length; s++) {
			const [there, deep] = [this.#places[s], this.#depths[s] ?? 0];
			if (!there || (over && deep > depth)) continue;
			if (deep !== depth || !samePlace(there, place)) return s;
		}
		return this.#pcs.length < this.#total ? now + 1 : this.#total;
	}

	/** First step of the stretch of one line that ends before this moment's. */
	#lineBefore(): number {
		const same = (a: number, b: number) =>
			this.#depths[a] === this.#depths[b] && samePlace(this.#places[a], this.#places[b]);
		const now = this.session.steps;
		let s = now - 1;
		while (s > 0 && (!this.#places[s] || same(s, now))) s--;
		while (s > 0 && same(s - 1, s)) s--;
		return Math.max(0, s);
	}

	get session(): Session {
		return this.#open.session;
	}

	breakpoints(pcs: readonly number[]): void {
		for (const b of this.#debugger.breakpoints) this.#debugger.remove(b.id);
		const { name } = this.#scene.loaded;
		for (const pc of pcs) this.#debugger.addBreakpoint(pc, { program: name });
	}

	watch(watches: readonly Watch[]): readonly boolean[] {
		return this.#watching.set(watches);
	}

	close(): void {
		this.#open.close();
	}

	seek(step: number): DebugState {
		this.#remember();
		return this.#state(this.#debugger.goTo(Math.max(0, Math.min(step, this.#total))));
	}

	async step(kind: StepKind, pace: Pace): Promise<DebugState> {
		this.#remember();
		switch (kind) {
			case "back":
				return this.#state(this.#debugger.back());
			case "back-over":
				return this.#state(this.#debugger.backOver());
			case "line":
			case "line-over":
				return this.#state(this.#debugger.goTo(this.#nextLine(kind === "line-over")));
			case "back-line":
				return this.#state(this.#debugger.goTo(this.#lineBefore()));
			case "start":
				return this.#state(this.#debugger.goTo(0));
			case "end":
				return this.#state(this.#debugger.goTo(this.#total));
			case "reverse-continue":
				return this.#state(this.#debugger.backToBreakpoint());
			default:
				return this.#state(await this.#forward(goals[kind], pace));
		}
	}

	async #forward(goal: Goal, pace: Pace): Promise<Stop> {
		this.#watching.renew();
		const movement = this.#debugger.begin(goal);
		let stop = movement.advance(SLICE);
		while (!stop) {
			await pace.pause();
			if (pace.stopped()) return { kind: "moved" };
			stop = movement.advance(SLICE);
		}
		return stop;
	}

	#remember(): void {
		const { session } = this;
		const stack = session.frames().at(-1)?.stack;
		this.#previous = {
			step: session.steps,
			lo: session.lo.slice(),
			hi: session.hi.slice(),
			stack: stack
				? session.memory.u8.slice(stack.start, stack.start + stack.capacity)
				: new Uint8Array(),
		};
	}

	/** The present moment. */
	state(): DebugState {
		return this.#state({ kind: "start" });
	}

	#state(stop: Stop): DebugState {
		const { session } = this;
		const { revision, index, arrival } = this.#scene;
		const { pc, steps, result } = session;
		const program = this.#program();
		const place = program?.places[pc];
		const marks = this.#landmarks();
		const known = result ? undefined : this.#known(pc, marks);
		const now = arrival.bytes();
		return {
			revision,
			program: session.program.name,
			packet: index,
			step: steps,
			total: this.#total,
			pc,
			...(place ? { file: place.file, line: place.line } : {}),
			visit: this.#visit(pc, steps),
			...(result ? { finished: this.#finished() } : {}),
			stoppedBy: stoppedBy(stop),
			...this.#watched(stop),
			registers: this.#registers(known?.state, marks),
			stack: this.#stack(known?.state),
			frames: this.#frames(program),
			packetNow: now,
			headDelta: arrival.now() - arrival.start,
			...this.#access(marks, now.length),
			changed: changedRanges(this.#before, now, arrival.now() - arrival.start)
				.map((c) => c.after)
				.filter((r) => r.end > r.start),
			proven: this.#proven(known?.state, marks, now.length),
			marks: this.#marks(),
		};
	}

	#watched(stop: Stop): Pick<DebugState, "watched"> {
		const watch = stop.kind === "watchpoint" ? this.#watching.of(stop.id) : undefined;
		return watch && stop.kind === "watchpoint" ? { watched: { watch, pc: stop.pc } } : {};
	}

	#finished(): NonNullable<DebugState["finished"]> {
		const { result } = this.session;
		if (result?.kind === "trap") return { trap: result.trap.message };
		const retval = result ? result.lo >>> 0 : 0;
		return { retval, action: shortAction(this.#scene.loaded.type, retval) };
	}

	#visit(pc: number, steps: number): number {
		let visit = 1;
		for (let i = 0; i < steps && i < this.#pcs.length; i++) if (this.#pcs[i] === pc) visit++;
		return visit;
	}

	#known(pc: number, marks: Landmarks) {
		const verification = this.#scene.verification(this.session.program.name);
		if (!verification) return undefined;
		return matchState(verification.states(pc), this.session.lo, this.session.hi, marks);
	}

	#landmarks(): Landmarks {
		const { arrival, installation } = this.#scene;
		const { memory } = installation.kernel;
		const packet = arrival.now();
		const { region, tail } = installation.kernel.machine.packet;
		return {
			context: arrival.context,
			packet,
			packetEnd: region.start + tail,
			framePointer: (this.session.lo[10] ?? 0) >>> 0,
			object: (address) => {
				const found = memory.find(address);
				if (!found || found.kind === "packet" || found.kind === "stack") return undefined;
				const name = found.name.replace(/^map /, "");
				if (found.kind !== "map") return { name: found.name, start: found.start };
				const stride = found.stride ?? found.capacity;
				const start = found.start + Math.floor((address - found.start) / stride) * stride;
				return { name: `map_value(${name})`, start };
			},
		};
	}

	#registers(state: StateView | undefined, marks: Landmarks): DebugRegister[] {
		const { lo, hi, initialised } = this.session;
		const views = new Map<number, RegView>(
			state?.frames[state.frames.length - 1]?.regs.map((r) => [r.index, r]),
		);
		const previous = this.#previous;
		return Array.from({ length: 11 }, (_, i): DebugRegister => {
			const [low, high] = [lo[i] ?? 0, hi[i] ?? 0];
			const view = views.get(i);
			const written = ((initialised >> i) & 1) === 1;
			const inside = view && written ? fits(view, high, low, marks) : undefined;
			return {
				name: `r${i}`,
				value: written ? valueText(high, low, view, marks) : "–",
				raw: `0x${(high >>> 0).toString(16).padStart(8, "0")}${(low >>> 0).toString(16).padStart(8, "0")}`,
				...(state ? { known: view?.text ?? "not init" } : {}),
				...(inside === undefined ? {} : { inside }),
				changed: previous !== undefined && (previous.lo[i] !== low || previous.hi[i] !== high),
			};
		});
	}

	#stack(state: StateView | undefined): StackRow[] {
		const stack = this.session.frames().at(-1)?.stack;
		if (!stack) return [];
		const known = new Map(
			state?.frames[state.frames.length - 1]?.stack.map((s) => [s.off, s.text]),
		);
		const rows: StackRow[] = [];
		const { u8 } = this.session.memory;
		for (let slot = 1; slot <= stack.capacity / 8; slot++) {
			const at = stack.start + stack.capacity - slot * 8;
			const bytes = [...u8.subarray(at, at + 8)];
			const text = known.get(-8 * slot);
			if (text === undefined && bytes.every((b) => b === 0)) continue;
			const from = stack.capacity - slot * 8;
			const changed = bytes.some((b, i) => this.#previous && b !== this.#previous.stack[from + i]);
			rows.push({
				offset: -8 * slot,
				bytes: bytes.map((b) => (text === undefined && b === 0 ? undefined : b)),
				text: toHex(Uint8Array.from(bytes)),
				changed,
				...(text === undefined ? {} : { known: text }),
			});
		}
		return rows.reverse();
	}

	#frames(program: BuiltProgram | undefined): DebugState["frames"] {
		return this.session
			.frames()
			.map(({ pc, program: running }) => {
				const built = this.#scene.program(running.name) ?? program;
				const inside = built?.spec.functions.filter((f) => f.insn <= pc).at(-1);
				const line = built?.places[pc]?.line;
				return { name: inside?.name ?? running.name, pc, ...(line === undefined ? {} : { line }) };
			})
			.reverse();
	}

	/** The bytes of the packet that the next instruction touches. */
	#access(marks: Landmarks, length: number): Pick<DebugState, "access"> {
		const { pc, lo, program, result } = this.session;
		const target = result ? undefined : accessOf(program.code, pc);
		if (!target) return {};
		const start = ((lo[target.register] ?? 0) >>> 0) + target.offset - marks.packet;
		if (start < 0 || start + target.size > length) return {};
		return { access: { start, end: start + target.size, kind: target.write ? "write" : "read" } };
	}

	#proven(state: StateView | undefined, marks: Landmarks, length: number): DebugState["proven"] {
		const rows: { start: number; end: number; by: string; variable: boolean }[] = [];
		for (const r of state?.frames[state.frames.length - 1]?.regs ?? []) {
			if (r.type !== PTR_TO_PACKET || r.range === 0) continue;
			const variable = r.mask[0] !== 0 || r.mask[1] !== 0;
			const base = ((this.session.lo[r.index] ?? 0) >>> 0) - r.off - marks.packet;
			const [start, end] = [Math.max(0, base), Math.min(length, base + r.range)];
			const same = rows.some((p) => p.start === start && p.end === end);
			if (end > start && !same) rows.push({ start, end, by: `r${r.index} r=${r.range}`, variable });
		}
		return rows;
	}

	#marks(): DebugState["marks"] {
		const stops = new Set(this.#debugger.breakpoints.map((b) => b.pc));
		const { code } = this.#scene.loaded.program;
		const marks: { step: number; kind: "breakpoint" | "call" | "write" }[] = [];
		for (const [step, pc] of this.#pcs.entries()) {
			if (stops.has(pc)) marks.push({ step, kind: "breakpoint" });
			else if (code.opcode[pc] === 0x85) marks.push({ step, kind: "call" });
			else if (this.#writes.has(step)) marks.push({ step, kind: "write" });
			if (marks.length >= 500) break;
		}
		return marks;
	}
}

const goals: Record<"into" | "over" | "out" | "continue", Goal> = {
	into: { kind: "step" },
	over: { kind: "over" },
	out: { kind: "out" },
	continue: { kind: "continue" },
};

function stoppedBy(stop: Stop): DebugState["stoppedBy"] {
	if (stop.kind === "breakpoint" || stop.kind === "watchpoint") return stop.kind;
	if (stop.kind === "end") return stop.result.kind === "trap" ? "trap" : "end";
	return "step";
}

function accessOf(code: Code, pc: number) {
	const insn = insnAt(code, pc);
	const kind = insn.opcode & 7;
	const size = BYTES[(insn.opcode >> 3) & 3] ?? 8;
	if (kind === BPF_LDX) return { register: insn.src, offset: insn.off, size, write: false };
	if (kind === BPF_ST || kind === BPF_STX)
		return {
			register: insn.dst,
			offset: insn.off,
			size,
			write: (insn.opcode & 0xe0) !== BPF_ATOMIC || insn.imm !== 0x100,
		};
	return undefined;
}
