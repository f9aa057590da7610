// Renders the verifier's events into the text of Linux's log. Level 1 keeps the path that failed: what belongs to a
// finished path is cut off again when the next branch is taken up. Level 2 keeps everything. Bit 4 adds statistics.

import type { State } from "./state.ts";
import type { Names, Scratched } from "./text.ts";
import { regMask, stackMask, stateText } from "./text.ts";

const LOG_PATH = 1;
const LOG_ALL = 2;

/** What the log asks of the verification that it reports on. */
interface LogHost extends Names {
	readonly scratched: Scratched;
	clearScratched(): void;
	insnText(pc: number): string;
	/** Number of the source line that `pc` belongs to, -1 for none. */
	lineIndex(pc: number): number;
	sameLine(a: number, b: number): boolean;
	lineText(index: number): string;
}

/** Text that grows at its end and can be cut back, in pieces so that neither copies it. */
class Text {
	readonly #pieces: string[] = [];
	length = 0;

	push(piece: string): void {
		this.#pieces.push(piece);
		this.length += piece.length;
	}

	cut(length: number): void {
		while (this.length > length) {
			const last = this.#pieces.pop() ?? "";
			this.length -= last.length;
			if (this.length < length) this.push(last.slice(0, length - this.length));
		}
	}

	toString(): string {
		return this.#pieces.join("");
	}
}

/** The log of one verification. */
export class Log {
	readonly level: number;
	/** Whether instructions and states are printed at all. */
	readonly steps: boolean;
	readonly all: boolean;
	/** The longest that the text ever was, what was cut off again included. */
	peak = 0;
	readonly #text = new Text();
	readonly #env: LogHost;
	#insnEnd = 0;
	#insnLength = 0;
	#line = -1;

	constructor(level: number, env: LogHost) {
		this.level = level;
		this.steps = (level & (LOG_PATH | LOG_ALL)) !== 0;
		this.all = (level & LOG_ALL) !== 0;
		this.#env = env;
	}

	get text(): string {
		return this.#text.toString();
	}

	get position(): number {
		return this.#text.length;
	}

	/** An error or note, printed at every level. */
	write(text: string): void {
		this.#text.push(text);
		if (this.#text.length > this.peak) this.peak = this.#text.length;
	}

	/** At level 1, forgets what was written after `position`. */
	rewind(position: number): void {
		if (!this.all) this.#text.cut(position);
	}

	/** The source line of `pc`, when it is another than the last one printed. */
	line(pc: number, prefix: string): void {
		const index = this.#env.lineIndex(pc);
		if (index < 0 || index === this.#line) return;
		if (this.#line >= 0 && this.#env.sameLine(index, this.#line)) return;
		this.write(`${prefix}${this.#env.lineText(index)}`);
		this.#line = index;
	}

	/** The source line may be printed again: another program part begins. */
	forgetLine(): void {
		this.#line = -1;
	}

	/** About to look at instruction `pc`. */
	visit(pc: number, state: State): void {
		const scratched = this.#env.scratched;
		if (scratched.regs | scratched.stackLo | scratched.stackHi) this.insnState(pc, state);
		this.line(pc, "; ");
		const before = this.position;
		this.write(`${pc}: ${this.#env.insnText(pc)}\n`);
		this.#insnLength = this.position - before;
		this.#insnEnd = this.position;
	}

	/** print_insn_state: what changed, beside the instruction when nothing came between. */
	insnState(pc: number, state: State): void {
		if (this.#insnEnd !== 0 && this.#insnEnd === this.position) {
			this.#text.cut(this.position - 1);
			const width = Math.ceil(Math.max(this.#insnLength + 4, 40) / 8) * 8 - this.#insnLength - 1;
			this.write(`${" ".repeat(Math.max(1, width))};`);
		} else {
			this.write(`${pc}:`);
		}
		this.state(state, state.curframe, this.#env.scratched);
		this.#env.clearScratched();
	}

	state(state: State, frame: number, scratched?: Scratched): void {
		this.write(`${stateText(state, frame, this.#env, scratched)}\n`);
	}

	/** Taking up a branch. */
	resume(from: number, to: number, state: State): void {
		this.write(`\nfrom ${from} to ${to}:`);
		this.state(state, state.curframe);
	}

	pruned(from: number, to: number, resumed: boolean): void {
		this.write(resumed ? `\nfrom ${from} to ${to}: safe\n` : `${to}: safe\n`);
	}

	call(state: State, caller: number): void {
		this.write("caller:\n");
		this.state(state, caller);
		this.write("callee:\n");
		this.state(state, state.curframe);
	}

	returned(state: State, to: number): void {
		this.write("returning from callee:\n");
		this.state(state, state.curframe);
		this.write(`to caller at ${to}:\n`);
		this.state(state, state.curframe - 1);
	}

	backtrackFrom(frame: number, last: number, first: number, subseq: number): void {
		this.write(
			`mark_precise: frame${frame}: last_idx ${last} first_idx ${first} subseq_idx ${subseq} \n`,
		);
	}

	backtrack(frame: number, regs: number, stackHi: number, stackLo: number, pc: number): void {
		const masks = `regs=${regMask(regs)} stack=${stackMask(stackHi, stackLo)}`;
		this.write(`mark_precise: frame${frame}: ${masks} before ${pc}: ${this.#env.insnText(pc)}\n`);
	}

	backtrackParent(
		frame: number,
		regs: number,
		stackHi: number,
		stackLo: number,
		state: State,
	): void {
		const masks = `regs=${regMask(regs)} stack=${stackMask(stackHi, stackLo)}`;
		this.write(`mark_precise: frame${frame}: parent state ${masks}: `);
		this.state(state, frame);
	}
}
