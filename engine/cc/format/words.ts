// Which words of C say what about the layout around them: types, statements, operators.

const set = (words: string) => new Set(words.split(" "));

/** Statements whose condition in parentheses is followed by another statement. */
export const controls = set("if for while switch");

/** Words after which an expression begins. */
export const beforeExpression = set("return case goto else do sizeof alignof _Alignof __alignof__");

export const operators = new Set([
	...["+", "-", "*", "/", "%", "<<", ">>", "<", ">", "<=", ">=", "==", "!=", "&", "^", "|"],
	...["&&", "||", "?", ":", "="],
	...["*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "<<=", ">>="],
]);

export const assignments = new Set(
	["=", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "<<=", ">>="].values(),
);

const typeWords = set(
	"void char short int long signed unsigned float double _Bool bool const volatile restrict __restrict static extern inline __inline __inline__ register typedef auto struct union enum __auto_type __int128 __u128 __s128 size_t ssize_t uint ulong ushort u_char u_int",
);

/** Words of attributes, whose parentheses hold no parameters. */
const attributeWords = set(
	"__attribute__ __attribute SEC __ksym __kconfig __aligned __section asm __asm __asm__ _Static_assert static_assert _Alignas alignas __declspec __builtin_preserve_access_index",
);

export const isAttribute = (text: string) => attributeWords.has(text);

export const isTypeof = (text: string) =>
	text === "typeof" || text === "__typeof__" || text === "__typeof" || text === "typeof_unqual";

/** A word that names a type by the way it is spelled, or that may only stand before one. */
export function isTypeWord(text: string, named: ReadonlySet<string>): boolean {
	return (
		typeWords.has(text) ||
		named.has(text) ||
		/^_*[usif](?:8|16|32|64)$|^(?:__)?[bl]e(?:16|32|64)$|._t$/.test(text)
	);
}

/** Macros of the field that are loops: the statement after them belongs to them. */
export const isLoopMacro = (text: string) => /for_?each|^bpf_(?:for|repeat)$/i.test(text);
