// Random C programs for comparing compilers: static functions, structs with bit-fields, arrays, loops, switches and gotos around the
// expressions of cgen.ts. Every name carries the program's number, so that many fit into one file. The checksum is what
// `unsigned long fN(unsigned long a, unsigned long b)` returns.

import type { Random } from "../base/index.ts";
import {
	BOOL,
	type CType,
	cast,
	Expressions,
	I32,
	type Lvalue,
	promoted,
	read,
	types,
	U8,
	U32,
	U64,
} from "./cgen.ts";
import { randomCopies, randomData } from "./cgendata.ts";
import { randomPart, type Surroundings } from "./cgenparts.ts";
import type { Field, Scope, Struct } from "./cgenscope.ts";

interface ProgramShape {
	/** Number of the program, in all its names. */
	readonly id: number;
	/** Signed division (-mcpu=v4 has it). */
	readonly division: boolean;
	/** Instruction set (atomic operations differ). */
	readonly cpu: number;
	/** What clang refuses for BPF may come: __int128, memcmp's order, 64-bit products with overflow. */
	readonly wide?: boolean;
	/** Statements to aim for. */
	readonly size: number;
}

interface Callee {
	readonly name: string;
	readonly result: CType;
	readonly params: readonly CType[];
	/** A pointer to this struct comes first. */
	readonly struct?: Struct;
	/** The struct comes by value and is given back. */
	readonly value?: boolean;
}

/** A whole program. */
export function randomC(random: Random, shape: ProgramShape): string {
	return new ProgramWriter(random, shape).program();
}

class ProgramWriter {
	readonly #random: Random;
	readonly #shape: ProgramShape;
	readonly #out: string[] = [];
	readonly #structs: Struct[] = [];
	readonly #callees: Callee[] = [];
	readonly #e: Expressions;
	readonly #around: Surroundings;
	readonly #globals: Scope = { places: [], arrays: [], structs: [], pointers: [] };
	#scope: Scope = { places: [], arrays: [], structs: [], pointers: [] };
	#lines: string[] = [];
	#heads: string[] = [];
	#names = 0;
	#budget = 0;
	#loops = 0;
	#trips = 1;
	#inSwitch = false;
	#result: CType = U64;

	constructor(random: Random, shape: ProgramShape) {
		this.#random = random;
		this.#shape = shape;
		this.#e = new Expressions(random, () => this.#readable(), shape.division);
		this.#around = this.#surroundings();
	}

	program(): string {
		for (let n = this.#below(3); n > 0; n--) this.#struct();
		this.#globalsOf();
		for (let n = this.#below(4); n > 0; n--) this.#function();
		this.#entry();
		return `${this.#out.join("\n")}\n`;
	}

	#surroundings(): Surroundings {
		return {
			below: (n) => this.#below(n),
			pick: (list) => this.#pick(list),
			name: (prefix) => this.#name(prefix),
			line: (text) => this.#line(text),
			file: (text) => this.#out.push(text),
			e: (depth) => this.#e.make(depth),
			index: (depth, count) => this.#e.index(depth, count),
			plain: () => this.#plain(),
			block: (depth, count, trips = 1) => {
				const before = this.#trips;
				if (trips > 1) this.#loops++;
				this.#trips *= trips;
				this.#block(depth, count);
				if (trips > 1) this.#loops--;
				this.#trips = before;
			},
			cpu: this.#shape.cpu,
			wide: this.#shape.wide === true,
			busy: () => this.#loops >= 2,
		};
	}

	#below(n: number): number {
		return this.#random.below(n);
	}

	#pick<T>(list: readonly T[]): T {
		return list[this.#below(list.length)] as T;
	}

	#name(prefix: string): string {
		return `${prefix}${this.#shape.id}_${this.#names++}`;
	}

	#line(text: string): void {
		this.#lines.push(text);
	}

	#readable(): Lvalue[] {
		const { places, arrays, structs, pointers } = this.#scope;
		const extra: Lvalue[] = [];
		for (const a of arrays)
			extra.push({ text: `${a.text}[${this.#simpleIndex(a.count)}]`, type: a.type });
		for (const s of structs) extra.push(...this.#members(s.text, s.struct));
		for (const p of pointers) extra.push({ text: `(*${p.name})`, type: p.type });
		return [...places, ...extra];
	}

	#simpleIndex(count: number): string {
		const { places } = this.#scope;
		if (places.length === 0 || this.#below(2)) return `${this.#below(count)}`;
		return `${this.#pick(places).text} & ${count - 1}`;
	}

	#members(text: string, struct: Struct): Lvalue[] {
		return struct.fields.map((f) => ({
			text: `${text}.${f.name}${f.count ? `[${this.#simpleIndex(f.count)}]` : ""}`,
			type: f.type,
			...(f.width ? { width: f.width } : {}),
		}));
	}

	#struct(): void {
		const tag = this.#name("s");
		const fields: Field[] = [];
		const lines: string[] = [];
		for (let n = 1 + this.#below(5); n > 0; n--) {
			const shape = this.#below(8);
			if (shape < 3) lines.push(this.#bitField(fields));
			else if (shape < 4) {
				const field = {
					name: this.#name("a"),
					type: this.#pick(types),
					count: 1 << this.#below(3),
				};
				fields.push(field);
				lines.push(`\t${field.type.name} ${field.name}[${field.count}];`);
			} else if (shape < 5) lines.push(this.#union(fields));
			else {
				const field = { name: this.#name("m"), type: this.#pick(types) };
				fields.push(field);
				lines.push(`\t${field.type.name} ${field.name};`);
			}
		}
		const packed = this.#below(4) === 0 ? " __attribute__((packed))" : "";
		const text = `struct ${tag} {\n${lines.join("\n")}\n}${packed};`;
		this.#structs.push({ tag, text, fields });
		this.#out.push(text);
	}

	#bitField(fields: Field[]): string {
		const type = this.#pick(types.filter((t) => t.bits > 1));
		const width = 1 + this.#below(type.bits);
		const field = { name: this.#name("b"), type: explicit(type), width };
		fields.push(field);
		const gap = this.#below(6) === 0 ? `\n\t${type.name} : ${this.#below(2) ? 0 : width};` : "";
		return `\t${field.type.name} ${field.name} : ${width};${gap}`;
	}

	/** All of whose members cover the same eight bytes, so that none reads padding. */
	#union(fields: Field[]): string {
		const [whole, words, bytes, low, high] = ["w", "h", "c", "l", "u"].map((p) => this.#name(p));
		const split = 1 + this.#below(31);
		fields.push(
			{ name: `${whole}`, type: U64 },
			{ name: `${words}`, type: U32, count: 2 },
			{ name: `${bytes}`, type: U8, count: 8 },
			{ name: `${low}`, type: U32, width: split },
			{ name: `${high}`, type: I32, width: 32 - split },
		);
		return `\tunion {\n\t\tunsigned long ${whole};\n\t\tunsigned int ${words}[2];\n\t\tunsigned char ${bytes}[8];\n\t\tstruct { unsigned int ${low} : ${split}; int ${high} : ${32 - split}; };\n\t};`;
	}

	#globalsOf(): void {
		for (let n = this.#below(4); n > 0; n--) {
			const type = this.#pick(types);
			const name = this.#name("g");
			const value = () => this.#e.constant(type).text;
			if (this.#below(2)) {
				const constant = this.#below(2) === 0;
				const count = 1 << (1 + this.#below(3));
				const list = Array.from({ length: count }, value).join(", ");
				this.#out.push(
					`static ${constant ? "const " : ""}${type.name} ${name}[${count}] = { ${list} };`,
				);
				this.#globals.arrays.push({ text: name, type, count, constant });
			} else {
				const volatile = this.#below(4) === 0 ? "volatile " : "";
				const init = this.#below(3) ? ` = ${value()}` : "";
				this.#out.push(`static ${volatile}${type.name} ${name}${init};`);
				this.#globals.places.push({ text: name, type });
			}
		}
	}

	#function(): void {
		const struct =
			this.#structs.length > 0 && this.#below(3) === 0 ? this.#pick(this.#structs) : undefined;
		const value = struct !== undefined && this.#below(3) === 0;
		const result = this.#pick(types);
		const params = Array.from({ length: this.#below(struct ? 4 : 6) }, () => this.#pick(types));
		const name = this.#name("fn");
		const names = params.map(() => this.#name("p"));
		const own = this.#name("q");
		const list = params.map((t, i) => `${t.name} ${names[i]}`);
		if (struct) list.unshift(`struct ${struct.tag} ${value ? "" : "*"}${own}`);
		const inline = value
			? " inline __attribute__((always_inline))"
			: this.#pick([
					"",
					"",
					" __attribute__((noinline))",
					" inline __attribute__((always_inline))",
				]);
		const scope = this.#newScope();
		for (const [i, type] of params.entries()) scope.places.push({ text: `${names[i]}`, type });
		if (struct) scope.structs.push({ text: value ? own : `(*${own})`, struct });
		const gives = value && struct ? `struct ${struct.tag}` : result.name;
		this.#body(scope, `static${inline} ${gives} ${name}(${list.join(", ") || "void"})`, {
			result,
			end: value ? `return ${own};` : undefined,
			size: Math.ceil(this.#shape.size / 3),
		});
		this.#callees.push({
			name,
			result,
			params,
			...(struct ? { struct } : {}),
			...(value ? { value } : {}),
		});
	}

	#newScope(): Scope {
		return {
			places: [...this.#globals.places],
			arrays: [...this.#globals.arrays],
			structs: [],
			pointers: [],
		};
	}

	#entry(): void {
		const { id, size } = this.#shape;
		const scope = this.#newScope();
		scope.places.push({ text: "a", type: U64 }, { text: "b", type: U64 });
		this.#body(scope, `unsigned long f${id}(unsigned long a, unsigned long b)`, {
			result: U64,
			end: undefined,
			size,
		});
	}

	#body(
		scope: Scope,
		head: string,
		how: { result: CType; end: string | undefined; size: number },
	): void {
		this.#scope = scope;
		this.#lines = [];
		this.#heads = [];
		this.#loops = 0;
		this.#trips = 1;
		this.#result = how.result;
		this.#budget = how.size;
		this.#declareAll();
		const early = how.end === undefined;
		while (this.#budget > 0) this.#statement(3, early);
		if (how.end) this.#line(how.end);
		else this.#checksum();
		const lines = this.#lines.map((l) => `\t${l}`);
		this.#out.push(`${head}\n{\n${[...this.#heads, ...lines].join("\n")}\n}`);
	}

	/** Everything lives at the top, so that no goto passes a declaration. */
	#declareAll(): void {
		for (let n = 1 + this.#below(5); n > 0; n--) {
			const type = this.#pick(types);
			const name = this.#name("v");
			this.#heads.push(`\t${type.name} ${name} = ${this.#e.make(2).text};`);
			this.#scope.places.push({ text: name, type });
			if (this.#below(5) > 0) continue;
			const pointer = this.#name("x");
			this.#heads.push(`\t${type.name} *${pointer} = &${name};`);
			this.#scope.pointers.push({ name: pointer, type });
		}
		for (let n = this.#below(3); n > 0; n--) this.#declareArray();
		for (const struct of this.#structs) if (this.#below(3)) this.#declareStruct(struct);
	}

	#declareArray(): void {
		const type = this.#pick(types);
		const count = 1 << (1 + this.#below(3));
		const name = this.#name("r");
		const given = Array.from({ length: 1 + this.#below(count) }, () => this.#e.make(1).text);
		const designated = this.#below(3) === 0 ? `[${this.#below(count)}] = ` : "";
		const list = designated ? `${designated}${given[0]}` : given.join(", ");
		this.#heads.push(`\t${type.name} ${name}[${count}] = { ${list} };`);
		this.#scope.arrays.push({ text: name, type, count });
	}

	#declareStruct(struct: Struct): void {
		const name = this.#name("t");
		const init = struct.fields[0];
		const from = this.#scope.structs.find((s) => s.struct === struct);
		if (from && this.#below(2)) this.#heads.push(`\tstruct ${struct.tag} ${name} = ${from.text};`);
		else {
			const value = init && !init.count ? `.${init.name} = ${this.#e.make(1).text}` : "0";
			this.#heads.push(
				init?.count
					? `\tstruct ${struct.tag} ${name}; __builtin_memset(&${name}, ${this.#below(256)} & ${struct.fields.some((f) => f.type === BOOL) ? 1 : 255}, sizeof(${name}));`
					: `\tstruct ${struct.tag} ${name} = { ${value} };`,
			);
		}
		this.#scope.structs.push({ text: name, struct });
	}

	#writable(): Lvalue[] {
		const out = this.#scope.places.filter((p) => !p.constant);
		for (const a of this.#scope.arrays)
			if (!a.constant) out.push({ text: `${a.text}[${this.#e.index(1, a.count)}]`, type: a.type });
		for (const s of this.#scope.structs) out.push(...this.#members(s.text, s.struct));
		for (const p of this.#scope.pointers) out.push({ text: `*${p.name}`, type: p.type });
		return out;
	}

	#target(): Lvalue {
		return this.#pick(this.#writable());
	}

	/** A variable that nothing else on the same line reads. */
	#plain(): Lvalue | undefined {
		const fit = this.#scope.places.filter((p) => !p.constant);
		return fit.length ? this.#pick(fit) : undefined;
	}

	#statement(depth: number, early: boolean): void {
		this.#budget--;
		const kind = this.#below(42);
		if (kind < 8) this.#line(this.#assignment());
		else if (kind < 11) this.#line(this.#compound());
		else if (kind < 13) this.#line(this.#step());
		else if (kind < 15) this.#line(this.#sequenced());
		else if (kind < 17) this.#line(this.#call());
		else if (kind < 19) randomCopies(this.#around, this.#scope);
		else if (kind >= 36) randomData(this.#around);
		else if (kind >= 30) randomPart(this.#around, depth);
		else if (depth <= 0) this.#line(this.#assignment());
		else if (kind < 22) this.#if(depth, early);
		else if (kind < 25) this.#loop(depth);
		else if (kind < 27) this.#switch(depth);
		else if (kind < 29) this.#goto(depth);
		else if (early && this.#below(3) === 0)
			this.#line(`if (${this.#e.condition(2).text}) return ${this.#e.make(2).text};`);
		else this.#line(this.#statementExpression());
	}

	#block(depth: number, count: number): void {
		const kept = this.#lines;
		this.#lines = [];
		for (let n = 1 + this.#below(count); n > 0; n--) this.#statement(depth - 1, false);
		const inner = this.#lines.map((l) => `\t${l}`);
		this.#lines = kept;
		this.#lines.push(...inner);
	}

	#assignment(): string {
		return `${this.#target().text} = ${this.#e.make(3).text};`;
	}

	#compound(): string {
		const target = this.#target();
		const value = this.#e.make(2);
		const t = promoted(
			target.width && target.type.bits === 32 && target.width < 32 ? I32 : target.type,
		);
		const safe = !t.signed || (target.type.bits < 32 && target.width === undefined);
		const op = this.#pick(safe ? ["+=", "-=", "&=", "|=", "^="] : ["&=", "|=", "^="]);
		if (op === "+=" || op === "-=") {
			const small = t.signed ? cast(value, { name: "short", bits: 16, signed: true }) : value;
			if (!t.signed && small.type.signed && small.type.bits > t.bits)
				return `${target.text} ${op} ${cast(small, U64).text};`;
			return `${target.text} ${op} ${small.text};`;
		}
		// What a narrow bit-field of a wide type is promoted to differs between compilers.
		const bits = target.width === undefined ? t.bits : Math.min(t.bits, 32);
		if (this.#below(3) === 0 && !t.signed)
			return `${target.text} ${this.#pick(["<<=", ">>="])} ${value.text} & ${bits - 1};`;
		if (this.#below(5) === 0 && !t.signed) return `${target.text} *= ${cast(value, t).text};`;
		if (this.#below(6) === 0) return `${target.text} >>= ${this.#below(bits)};`;
		return `${target.text} ${op} ${value.text};`;
	}

	#step(): string {
		const op = this.#pick(["++", "--"]);
		const places = this.#writable().filter((p) => {
			const t = p.width && p.width < 32 ? I32 : promoted(p.type);
			return !t.signed || (p.width ?? p.type.bits) < 32;
		});
		if (places.length === 0) return ";";
		const place = this.#pick(places);
		const text = place.text.startsWith("*") ? `(${place.text})` : place.text;
		return this.#below(2) ? `${text}${op};` : `${op}${text};`;
	}

	/** Effects in the places where C orders them: after a comma, behind && and ||, in the arms of a conditional. */
	#sequenced(): string {
		const [x, y] = [this.#target(), this.#plain()];
		if (!y) return this.#assignment();
		const e = () => this.#e.make(2).text;
		const effect = () => `(${this.#target().text} = ${e()})`;
		switch (this.#below(5)) {
			case 0:
				return `${y.text} = (${effect()}, ${e()});`;
			case 1:
				return `if (${e()} && ${effect()}) ${x.text} = ${e()};`;
			case 2:
				return `if (${e()} || ${effect()}) ${x.text} = ${e()}; else ${this.#assignment()}`;
			case 3:
				return `${e()} ? ${effect()} : ${effect()};`;
			default:
				return `${effect()}, ${effect()};`;
		}
	}

	#statementExpression(): string {
		const y = this.#plain();
		if (!y) return this.#assignment();
		const type = this.#pick(types);
		const name = this.#name("z");
		const inner = read({ text: name, type });
		return `${y.text} = ({ ${type.name} ${name} = ${this.#e.make(2).text}; ${inner.text} ^ ${this.#e.make(1).text}; });`;
	}

	#call(): string {
		const y = this.#plain();
		// A call costs what its body costs: none within two loops.
		if (!y || this.#callees.length === 0 || this.#trips > 8) return this.#assignment();
		const f = this.#pick(this.#callees);
		const args = f.params.map(() => this.#e.make(1).text);
		if (!f.struct) return `${y.text} = ${f.name}(${args.join(", ")});`;
		const own = this.#scope.structs.filter((s) => s.struct === f.struct);
		if (own.length === 0) return this.#assignment();
		const s = this.#pick(own).text;
		if (f.value) return `${this.#pick(own).text} = ${f.name}(${[s, ...args].join(", ")});`;
		return `${y.text} = ${f.name}(${[`&${s}`, ...args].join(", ")});`;
	}

	#if(depth: number, early: boolean): void {
		this.#line(`if (${this.#e.condition(3).text}) {`);
		this.#block(depth, 3);
		if (early && this.#below(6) === 0) this.#line(`\treturn ${this.#e.make(2).text};`);
		if (this.#below(2)) {
			this.#line("} else {");
			this.#block(depth, 3);
		}
		this.#line("}");
	}

	#loop(depth: number): void {
		const trips = 1 + this.#below(this.#loops ? 4 : 8);
		if (this.#loops >= 2) {
			this.#line(this.#assignment());
			return;
		}
		const i = this.#name("i");
		const type = this.#pick([I32, U32, U64, U8]);
		this.#heads.push(`\t${type.name} ${i} = 0;`);
		this.#scope.places.push({ text: i, type, constant: true });
		const [inSwitch, before] = [this.#inSwitch, this.#trips];
		this.#inSwitch = false;
		this.#loops++;
		this.#trips *= trips;
		const kind = this.#below(4);
		if (kind < 2) this.#line(`for (${i} = 0; ${i} < ${trips}; ${i}++) {`);
		else if (kind === 2) this.#line(`${i} = ${trips}; while (${i}-- > 0) {`);
		else this.#line(`${i} = 0; do {`);
		this.#block(depth, 3);
		if (this.#below(3) === 0) {
			const how = this.#pick(kind === 3 ? ["break"] : ["break", "continue"]);
			this.#line(`\tif (${this.#e.condition(1).text}) ${how};`);
			this.#block(depth, 2);
		}
		this.#line(kind === 3 ? `} while (++${i} < ${trips});` : "}");
		this.#loops--;
		this.#trips = before;
		this.#inSwitch = inSwitch;
	}

	#switch(depth: number): void {
		const value = this.#e.make(2);
		const narrow = this.#below(2) ? `${value.text} & 15` : value.text;
		this.#line(`switch (${narrow}) {`);
		let next = this.#below(3);
		const wanted = 1 + this.#below(6);
		const middle = this.#below(3) ? this.#below(wanted) : -1;
		for (let n = 0; n < wanted; n++) {
			const range = this.#below(5) === 0 ? ` ... ${next + 2}` : "";
			this.#line(`case ${next}${range}:`);
			next += 1 + (range ? 2 : 0) + this.#below(3);
			if (n === middle) this.#line("default:");
			if (this.#below(4) === 0) continue;
			this.#block(depth - 1, 2);
			if (this.#below(4)) this.#line("\tbreak;");
		}
		this.#line("\t;");
		this.#line("}");
	}

	/** Forwards over statements, or backwards for a number of times. */
	#goto(depth: number): void {
		const label = this.#name("L");
		if (this.#below(2) || this.#loops >= 2) {
			this.#line(`if (${this.#e.condition(2).text}) goto ${label};`);
			this.#block(depth, 2);
			this.#line(`${label}:;`);
			return;
		}
		const i = this.#name("i");
		this.#heads.push(`\tunsigned int ${i} = 0;`);
		const before = this.#trips;
		this.#loops++;
		this.#trips *= 4;
		this.#line(`${i} = 0;`);
		this.#line(`${label}:;`);
		this.#block(depth, 2);
		this.#line(
			`if (++${i} < ${1 + this.#below(4)} && ${this.#e.condition(1).text}) goto ${label};`,
		);
		this.#loops--;
		this.#trips = before;
	}

	#checksum(): void {
		const sum = this.#name("k");
		this.#heads.push(`\tunsigned long ${sum} = 0;`);
		for (const place of this.#readable())
			this.#line(`${sum} = ${sum} * 31 + ${cast(read(place), U64).text};`);
		this.#line(
			`return ${this.#result === U64 ? sum : `(${this.#result.name})(${sum} ^ ${sum} >> 32)`};`,
		);
	}
}

/** Whether a plain bit-field is signed differs by type name: say it. */
function explicit(t: CType): CType {
	return t.name === "char" ? { name: "signed char", bits: 8, signed: true } : t;
}
