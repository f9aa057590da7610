// The page that a random XDP program is written on: its lines, names and numbers, and the usual ways to check a bound.
// What the program does is told by cgenaccept.ts and its parts. For tests only.

import type { Random } from "../base/index.ts";

export class Page {
	readonly #random: Random;
	readonly #lines: string[] = [];
	readonly #files: string[] = [];
	#names = 0;
	#indent = "\t";
	/** Numbers to use as indices, lengths and sums. */
	#scalars: string[] = ["sum", "ctx->rx_queue_index"];

	constructor(random: Random) {
		this.#random = random;
	}

	/** The text between the names of the types and the end of the program. */
	text(): { before: string; body: string } {
		return { before: this.#files.join("\n"), body: this.#lines.join("\n") };
	}

	below(n: number): number {
		return this.#random.below(n);
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}

	/** A name that is new. */
	name(prefix: string): string {
		return `${prefix}${this.#names++}`;
	}

	line(...text: string[]): void {
		for (const t of text) this.#lines.push(this.#indent + t);
	}

	/** Before the program: functions, maps, tables. */
	file(text: string): void {
		if (!this.#files.includes(text)) this.#files.push(text);
	}

	/** A statement in braces; numbers that are named in it end there. */
	block(head: string, write: () => void): void {
		this.line(head === "" ? "{" : `${head} {`);
		const kept = [...this.#scalars];
		this.#indent += "\t";
		write();
		this.#indent = this.#indent.slice(1);
		this.#scalars = kept;
		this.line("}");
	}

	leave(): string {
		return this.pick(["return 1;", "return 2;", "goto out;", "goto out;"]);
	}

	/** Adds numbers that can be used from here to the end of the block. */
	known(...scalars: string[]): void {
		this.#scalars.push(...scalars);
	}

	scalar(): string {
		const a = this.pick(this.#scalars);
		const b = this.pick(this.#scalars);
		return this.pick([
			...[a, a, a, `${a} + ${b}`, `(${a} ^ ${b})`, `${a} >> 2`, `${a} * 3`, `${a} - 4`],
			...[`(${a} & 0xff)`, `(${a} | 1)`, `(u8)${a}`, `(${a} ? ${b} : 7)`],
		]);
	}

	condition(): string {
		const a = this.scalar();
		return this.pick([
			`(${a}) > ${this.below(300)}`,
			`(${a}) & ${1 << this.below(5)}`,
			`(${a}) == ${this.below(20)}`,
			`(${a}) < (${this.scalar()})`,
			`(s32)(${a}) < 0`,
			`(${a}) > 3 && (${this.scalar()}) < 90`,
			`!(${a}) || (${this.scalar()}) == 6`,
		]);
	}

	/** Leaves unless `bytes` from `from` on lie in the packet. */
	inPacket(from: string, bytes: string): void {
		const over = this.pick([
			`${from} + ${bytes} > end`,
			`end < ${from} + ${bytes}`,
			`!(${from} + ${bytes} <= end)`,
			`unlikely(${from} + ${bytes} > end)`,
			`(u64)${from} + ${bytes} > (u64)end`,
			`(long)(${from} + ${bytes}) > (long)end`,
		]);
		this.line(`if (${over}) ${this.leave()}`);
	}

	/** A variable below `count`, checked in some way; statements that use it follow. */
	index(count: number): string {
		const i = this.name("i");
		const type = this.pick(["u8", "u16", "u32", "u32", "u64", "int", "long", "s8"]);
		const signed = /^(int|long|s8)$/.test(type);
		const value = this.scalar();
		const two = 2 ** Math.floor(Math.log2(count));
		const kind = this.below(7);
		if (kind === 0) {
			this.line(`${type} ${i} = (${value}) & ${two - 1};`);
			return i;
		}
		this.line(`${type} ${i} = ${value};`);
		if (kind === 1) return `${i} & ${two - 1}`;
		if (kind === 2)
			this.line(`if (${i} > ${count - 1}) ${i} = ${this.pick(["0", `${count - 1}`])};`);
		else if (kind === 3) {
			const j = this.name("j");
			this.line(`u32 ${j} = ${i} < ${count} ? ${i} : ${count - 1};`);
			if (signed) this.line(`if (${i} < 0) ${this.leave()}`);
			return j;
		} else {
			const over = this.pick([`${i} >= ${count}`, `!(${i} < ${count})`, `${i} > ${count - 1}`]);
			this.line(
				signed ? `if (${i} < 0 || ${over}) ${this.leave()}` : `if (${over}) ${this.leave()}`,
			);
			return i;
		}
		if (signed) this.line(`if (${i} < 0) ${this.leave()}`);
		return i;
	}

	/** What to do with a place of a number; `readOnly` when it is never written. */
	use(place: string, readOnly = false): void {
		const value = this.scalar();
		const ways = [`sum += ${place};`, `sum = sum * 31 + ${place};`, `if (${place} > 5) sum ^= 3;`];
		if (!readOnly)
			ways.push(`${place} = ${value};`, `${place}++; sum ^= ${place};`, `${place} ^= 1;`);
		this.line(this.pick(ways));
	}
}
