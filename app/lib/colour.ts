// Colours eBPF assembly in kernel syntax for display: listing rows, log lines, and the editor's quick pass. Cuts a line
// into runs with a class each; never fails, whatever the text.

export type Colour =
	| "text"
	| "keyword"
	| "type"
	| "function"
	| "string"
	| "number"
	| "comment"
	| "constant"
	| "register"
	| "label"
	| "operator"
	| "directive";

export interface Run {
	readonly text: string;
	readonly colour: Colour;
}

const keywords =
	/^(if|goto|gotol|gotox|goto_or_nop|may_goto|exit|call|callx|lock|ll|s|atomic_\w+|xchg|cmpxchg\w*|load_acquire|store_release|bswap\w*|be\d+|le\d+|map|addr_space_cast)$/;
const pattern =
	/(;.*|\/\/.*|#.*|\/\*.*?(?:\*\/|$))|("(?:[^"\\]|\\.)*"?)|(<[\w.$+-]+>)|(\.[A-Za-z_][\w.]*)|([A-Za-z_$][\w.$]*:)|([A-Za-z_$][\w.$]*)|(0x[\da-fA-F]+|\d+)|([-+*/%&|^<>=!~]+)|(\s+|.)/g;

export function colourLine(line: string): readonly Run[] {
	const runs: Run[] = [];
	let callee = false;
	for (const m of line.matchAll(pattern)) {
		const text = m[0];
		const colour = colourOf(m, callee);
		if (m[6] !== undefined) callee = text === "call";
		const last = runs.at(-1);
		if (last && last.colour === colour) runs[runs.length - 1] = { text: last.text + text, colour };
		else runs.push({ text, colour });
	}
	return runs;
}

function colourOf(m: RegExpExecArray, callee: boolean): Colour {
	if (m[1] !== undefined) return "comment";
	if (m[2] !== undefined) return "string";
	if (m[3] !== undefined || m[5] !== undefined) return "label";
	if (m[4] !== undefined) return "directive";
	if (m[7] !== undefined) return "number";
	if (m[8] !== undefined) return "operator";
	const word = m[6];
	if (word === undefined) return "text";
	if (/^[rwRW]([0-9]|10)$/.test(word) || word === "fp") return "register";
	if (/^L\d+$/.test(word)) return "label";
	if (/^[us](8|16|32|64)$/.test(word)) return "type";
	if (keywords.test(word)) return "keyword";
	if (callee || word.startsWith("bpf_")) return "function";
	return /^[A-Z][A-Z0-9_]+$/.test(word) ? "constant" : "text";
}
