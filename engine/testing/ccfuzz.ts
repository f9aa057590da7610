// Broken C: texts that were programs before words, lines, characters and bytes were taken, doubled, exchanged and put in, gently (most still
// compile) or not, and halves of two programs joined. For tests only.

import type { Random } from "../base/index.ts";

const words =
	'int char long short unsigned signed struct union enum { } ( ) [ ] ; , . -> = == + - * / % & && | || ^ ~ ! ? : < > << >> ++ -- += <<= if else while for do switch case default break continue goto return sizeof _Alignof typeof __attribute__((packed)) __attribute__((aligned(8))) static const volatile extern typedef inline 0 1 -1 2ul 0x7fffffff 18446744073709551615u 99999999999999999999 "s" "" \'a\' ... __auto_type _Generic( _Static_assert( __builtin_offsetof( ({ }) asm volatile("" :: "r"(x)); __label__ void _Bool __int128 float double #define X #if 1 #endif #include "common.h" \\ // /* */ ## # __VA_ARGS__ __builtin_memcpy( __builtin_bswap64( SEC("xdp") ctx x p i a f'
		.split(" ")
		.filter((w) => w !== "");

const lines = [
	"#else",
	"#endif",
	"#if X(1) + defined(Y)",
	"#elif 1 / 0",
	"#ifdef __bpf__",
	"#define int long",
	"#define f(x) f(x) x ## x",
	"#define f2(...) #__VA_ARGS__ __VA_OPT__(,)",
	"#undef __bpf__",
	'#include "a.c"',
	"#include <linux/bpf.h>",
	"#pragma unroll",
	'_Pragma("clang loop unroll(full)")',
	"#line 0 5",
	"#error x",
	"#",
	"# 1",
	"static int again(int x) { return again(x - 1); }",
	"struct s { struct s s; };",
	"for (;;) ;",
	"char large[1 << 30];",
	"int zero[0], *p = &zero[1];",
	"x: goto x;",
	"return;",
	"/*",
	"}",
	"{",
	'"',
];

/** Exchanging one of a group for another mostly still compiles. */
const groups = [
	["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"],
	["<", ">", "<=", ">=", "==", "!="],
	["&&", "||", ","],
	["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "="],
	["++", "--"],
	["~", "-", "!", "+"],
	["int", "char", "short", "long", "unsigned", "signed char", "_Bool", "__int128", "void *"],
	["const", "volatile", "static", "extern", "register", ""],
	["break", "continue", "return 0"],
	["if", "while", "switch"],
	["struct", "union"],
	["__u8", "__u16", "__u32", "__u64", "__s8", "__s16", "__s32", "__s64", "__be16"],
];

const numbers = [
	"0",
	"1",
	"-1",
	"255",
	"65536",
	"2147483647",
	"0x80000000",
	"1ul << 63",
	"1000000",
];

const tokens =
	/[ \t]+|\n|[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\n\\]|\\.)*"|<<=|>>=|<<|>>|&&|\|\||\+\+|--|[-+*/%&|^<>=!]=|[^\w\s]/g;
const piecesOf = (text: string) => text.match(tokens) ?? [];

class Mutation {
	readonly #random: Random;
	readonly #seeds: readonly string[];

	constructor(random: Random, seeds: readonly string[]) {
		this.#random = random;
		this.#seeds = seeds;
	}

	#pick<T>(list: readonly T[]): T {
		return list[this.#random.below(list.length)] as T;
	}

	text(): string {
		const random = this.#random;
		const seed = this.#pick(this.#seeds);
		const kind = random.below(10);
		if (kind === 0) return this.#characters(seed);
		if (kind === 1) return this.#lines(seed);
		if (kind === 2) return this.#joined(seed, this.#pick(this.#seeds));
		const pieces = piecesOf(seed);
		if (kind < 6)
			for (let n = 1 + random.below(2); n > 0 && pieces.length > 0; n--) this.#gently(pieces);
		else for (let n = 1 + random.below(4); n > 0 && pieces.length > 0; n--) this.#roughly(pieces);
		return pieces.join("");
	}

	#characters(text: string): string {
		let out = text;
		for (let n = 1 + this.#random.below(6); n > 0; n--) {
			const at = this.#random.below(out.length + 1);
			const gone = this.#random.below(3);
			const own = out.charAt(this.#random.below(out.length));
			const other = String.fromCharCode(
				this.#random.below(10) ? this.#random.below(128) : this.#random.below(65536),
			);
			const put = this.#pick(["", own, other]);
			out = out.slice(0, at) + put + out.slice(at + gone);
		}
		return out;
	}

	#lines(text: string): string {
		const all = text.split("\n");
		for (let n = 1 + this.#random.below(4); n > 0; n--) {
			const at = this.#random.below(all.length);
			const length = 1 + this.#random.below(4);
			switch (this.#random.below(5)) {
				case 0:
				case 1:
					all.splice(at, length);
					break;
				case 2:
					all.splice(at, 0, ...all.slice(at, at + length));
					break;
				case 3:
					all.splice(at, 0, this.#pick(lines));
					break;
				default: {
					const cut = all.splice(at, length);
					all.splice(this.#random.below(all.length + 1), 0, ...cut);
				}
			}
		}
		return all.join("\n");
	}

	/** The beginning of one, the end of the other. */
	#joined(a: string, b: string): string {
		const [x, y] = [a.split("\n"), b.split("\n")];
		const head = x.slice(0, this.#random.below(x.length + 1));
		return [...head, ...y.slice(this.#random.below(y.length + 1))].join("\n");
	}

	#gently(pieces: string[]): void {
		const from = this.#random.below(pieces.length);
		for (let at = from; at < pieces.length; at++) {
			const group = groups.find((g) => g.includes(pieces[at] ?? ""));
			if (group) {
				pieces[at] = this.#pick(group);
				return;
			}
			if (this.#random.below(4) > 0) continue;
			this.#replaceLike(pieces, at);
			return;
		}
	}

	#roughly(pieces: string[]): void {
		const random = this.#random;
		const at = random.below(pieces.length);
		const length = random.below(4) === 0 ? random.below(40) : 1 + random.below(3);
		switch (random.below(8)) {
			case 0:
				pieces.splice(at, length);
				break;
			case 1:
				pieces.splice(at, 0, ` ${this.#pick(words)} `);
				break;
			case 2:
				pieces.splice(at, 1, ` ${this.#pick(words)} `);
				break;
			case 3:
				pieces.splice(at, 0, ...pieces.slice(at, at + length));
				break;
			case 4: {
				const other = piecesOf(this.#pick(this.#seeds));
				const from = random.below(other.length + 1);
				pieces.splice(at, random.below(3), ...other.slice(from, from + 4 * length));
				break;
			}
			case 5: {
				const to = random.below(pieces.length);
				[pieces[at], pieces[to]] = [pieces[to] ?? "", pieces[at] ?? ""];
				break;
			}
			case 6:
				this.#replaceLike(pieces, at);
				break;
			default:
				pieces.splice(at, 1, String.fromCharCode(random.below(8) ? random.below(127) : 0xd83d));
		}
	}

	/** A name for another name of the text, a number for another number: what still parses. */
	#replaceLike(pieces: string[], from: number): void {
		for (let at = from; at < pieces.length; at++) {
			const piece = pieces[at] ?? "";
			if (/^\d/.test(piece)) pieces[at] = this.#pick(numbers);
			else if (/^[A-Za-z_]/.test(piece)) {
				const names = pieces.filter((p) => /^[A-Za-z_]/.test(p));
				pieces[at] = names[this.#random.below(names.length)] ?? piece;
			} else continue;
			return;
		}
	}
}

/** A mutation of one of `seeds`; pieces of the others may come in. */
export function mutatedC(random: Random, seeds: readonly string[]): string {
	return new Mutation(random, seeds).text();
}
