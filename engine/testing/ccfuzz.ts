// Broken C: texts that were programs before words, lines and bytes were taken, doubled, exchanged and put in. For tests only.

import type { Random } from "../base/index.ts";

const words =
	'int char long short unsigned signed struct union enum { } ( ) [ ] ; , . -> = == + - * / % & && | || ^ ~ ! ? : < > << >> ++ -- += <<= if else while for do switch case default break continue goto return sizeof _Alignof typeof __attribute__((packed)) __attribute__((aligned(8))) static const volatile extern typedef inline 0 1 -1 2ul 0x7fffffff 18446744073709551615u 99999999999999999999 "s" "" \'a\' ... __auto_type _Generic( _Static_assert( __builtin_offsetof( ({ }) asm volatile("" :: "r"(x)); __label__ void _Bool __int128 float double #define X #if 1 #endif #include "common.h" \\ // /* */ ## # __VA_ARGS__ __builtin_memcpy( __builtin_bswap64( SEC("xdp") ctx x p i a f'
		.split(" ")
		.filter((w) => w !== "");

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

const piecesOf = (text: string) =>
	text.match(/[ \t]+|\n|[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\n\\]|\\.)*"|[^\w\s]/g) ?? [];

/** A mutation of `seeds[at]`; pieces of the others may come in. */
export function mutatedC(random: Random, seeds: readonly string[]): string {
	const pick = <T>(list: readonly T[]) => list[random.below(list.length)] as T;
	const pieces = piecesOf(pick(seeds));
	for (let n = 1 + random.below(4); n > 0 && pieces.length > 0; n--) {
		const at = random.below(pieces.length);
		const length = random.below(4) === 0 ? random.below(40) : 1 + random.below(3);
		switch (random.below(8)) {
			case 0:
				pieces.splice(at, length);
				break;
			case 1:
				pieces.splice(at, 0, ` ${pick(words)} `);
				break;
			case 2:
				pieces.splice(at, 1, ` ${pick(words)} `);
				break;
			case 3:
				pieces.splice(at, 0, ...pieces.slice(at, at + length));
				break;
			case 4: {
				const other = piecesOf(pick(seeds));
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
				replaceLike(pieces, at, random, pick);
				break;
			default:
				pieces.splice(at, 1, String.fromCharCode(random.below(8) ? random.below(127) : 0xd83d));
		}
	}
	return pieces.join("");
}

/** A name for another name of the text, a number for another number: what still parses. */
function replaceLike(
	pieces: string[],
	from: number,
	random: Random,
	pick: <T>(list: readonly T[]) => T,
): void {
	for (let at = from; at < pieces.length; at++) {
		const piece = pieces[at] ?? "";
		if (/^\d/.test(piece)) pieces[at] = pick(numbers);
		else if (/^[A-Za-z_]/.test(piece)) {
			const names = pieces.filter((p) => /^[A-Za-z_]/.test(p));
			pieces[at] = names[random.below(names.length)] ?? piece;
		} else continue;
		return;
	}
}
