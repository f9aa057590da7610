// The simple escape sequences of character constants and string literals (C11 6.4.4.4), and `\\e`, which clang knows.

/** What stands behind the backslash → its code. */
export const simpleEscapes: Readonly<Record<string, number>> = {
	n: 10,
	t: 9,
	r: 13,
	a: 7,
	b: 8,
	f: 12,
	v: 11,
	e: 27,
	E: 27,
	"\\": 92,
	"'": 39,
	'"': 34,
	"?": 63,
};
