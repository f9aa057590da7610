// Marks → text: indents each line, aligns what goes on with a statement behind the bracket or the assignment that it belongs to, and
// breaks lines that are too long at the cheapest place. A line that was broken once stays as it is the next time.

import { never } from "./cost.ts";
import { Branches, type Facts } from "./facts.ts";
import { column, type Mark } from "./layout.ts";
import { isComment, type Piece } from "./scan.ts";

/** A line is left alone up to `most` columns; one that is longer is broken so that it ends before `wanted`. */
const most = 100;
const wanted = 80;
const tab = 8;

/** What stands before a piece, and the piece as it is written. */
export interface Written {
	before: string;
	text: string;
}

interface Frame {
	readonly kind: "paren" | "list" | "block";
	/** The indent of the line that its bracket stands on. */
	readonly indent: number;
	/** The column behind the bracket, and whether its line ends there. */
	readonly inner: number;
	readonly hanging: boolean;
	/** Of the statement or part: its column, and the one behind its assignment. */
	start: number;
	assigned: number;
}

const blank = (columns: number) =>
	"\t".repeat(Math.floor(columns / tab)) + " ".repeat(columns % tab);

const copyFrames = (frames: Frame[]) => frames.map((f) => ({ ...f }));

export function write(pieces: readonly Piece[], marks: readonly Mark[], facts: Facts): Written[] {
	return new Writer(pieces, marks, facts).run();
}

class Writer {
	readonly #pieces: readonly Piece[];
	readonly #marks: readonly Mark[];
	readonly #facts: Facts;
	readonly #saved = new Branches<Frame[]>(copyFrames, (frames) => frames.length);
	readonly #out: Written[] = [];
	#frames: Frame[] = [];
	/** Columns of the pieces of the line at hand, and where each ends. */
	readonly #starts: number[] = [];
	readonly #ends: number[] = [];

	constructor(pieces: readonly Piece[], marks: readonly Mark[], facts: Facts) {
		this.#pieces = pieces;
		this.#marks = marks;
		this.#facts = facts;
	}

	run(): Written[] {
		for (let i = 0; i < this.#pieces.length; ) i = this.#line(i);
		return this.#out;
	}

	get #frame(): Frame {
		let top = this.#frames.at(-1);
		if (!top) {
			top = { kind: "block", indent: 0, inner: 0, hanging: true, start: 0, assigned: -1 };
			this.#frames.push(top);
		}
		return top;
	}

	/** Writes the line that begins with piece `i`, and says which piece begins the next. */
	#line(i: number): number {
		const indent = this.#indentOf(i);
		let end = this.#measure(i, indent);
		const cut = this.#breakOf(i, end, indent);
		if (cut > 0) end = cut;
		for (let k = i; k < end; k++) {
			this.#emit(k, k === i, indent);
			this.#follow(k, k === i, indent, k + 1 === end);
		}
		if (cut > 0) this.#cut = cut;
		return end;
	}

	/** The piece at which the line before was broken. */
	#cut = -1;

	#indentOf(i: number): number {
		const piece = this.#pieces[i];
		const mark = this.#marks[i];
		if (!piece || !mark || piece.kind === "directive") return column(piece?.gap);
		if (mark.lines < 0) return column(piece.gap);
		if (mark.level >= 0) return mark.level * tab;
		const f = this.#frame;
		if (mark.bracket === "close" && f.kind !== "block") return f.hanging ? f.indent : f.inner;
		if (f.kind === "paren") return f.hanging ? f.indent + tab : f.inner;
		if (f.kind === "list" && mark.begins) return f.hanging ? f.indent + tab : f.inner;
		if (f.assigned >= 0) return f.assigned;
		return mark.flat ? f.start : f.start + tab;
	}

	/** Sets the columns of the line's pieces; gives the piece that begins the next line. */
	#measure(i: number, indent: number): number {
		let at = indent;
		let k = i;
		for (; k < this.#pieces.length; k++) {
			const piece = this.#pieces[k];
			const mark = this.#marks[k];
			if (!piece || !mark) break;
			if (k > i && mark.lines > 0) break;
			if (k > i) at = advance(at, mark.lines < 0 ? piece.gap : mark.space);
			this.#starts[k] = at;
			at = advance(at, k === i ? this.#textOf(k, piece, mark.lines >= 0, indent) : piece.text);
			this.#ends[k] = at;
		}
		return k;
	}

	/** The piece before which a line that is too long is broken; 0 when it stays whole. */
	#breakOf(i: number, end: number, indent: number): number {
		let last = end - 1;
		while (last > i && isComment(this.#pieces[last])) last--;
		if ((this.#ends[last] ?? 0) <= most || this.#pieces[i]?.kind === "directive") return 0;
		for (let k = i; k < end; k++) {
			const mark = this.#marks[k];
			if (k > i && mark && mark.lines < 0) return 0;
			if (this.#pieces[k]?.text.includes("\n")) return 0;
		}
		let best = 0;
		let cost = never;
		let first = 0;
		for (let k = i + 1; k <= last; k++) {
			const own = this.#marks[k]?.cost ?? never;
			if (own >= never || (this.#starts[k] ?? 0) < indent + 2 * tab) continue;
			const fits = (this.#ends[k - 1] ?? 0) <= wanted;
			if (this.#pieces[k - 1]?.text === "(") {
				// Only where what follows then has room; measured up to the next place, so that it is the same the next time.
				if (!fits || indent + tab + this.#widthTo(k, last) > most) continue;
			}
			if (fits && own <= cost) {
				best = k;
				cost = own;
			} else if (!fits && first === 0) first = k;
		}
		return best || first;
	}

	/** The width from piece `k` to the next place where the line could be broken. */
	#widthTo(k: number, last: number): number {
		let to = k;
		while (to < last && (this.#marks[to + 1]?.cost ?? never) >= never) to++;
		return (this.#ends[to] ?? 0) - (this.#starts[k] ?? 0);
	}

	#emit(k: number, begins: boolean, indent: number): void {
		const piece = this.#pieces[k];
		const mark = this.#marks[k];
		if (!piece || !mark) return;
		const text = this.#textOf(k, piece, begins && mark.lines >= 0, indent);
		if (mark.lines < 0) this.#out.push({ before: piece.gap, text });
		else if (!begins) this.#out.push({ before: mark.space, text });
		else {
			const lines = k === 0 ? 0 : Math.max(mark.lines, k === this.#cut ? 1 : 0);
			const lead = piece.kind === "directive" ? ownIndent(piece) : blank(indent);
			this.#out.push({ before: "\n".repeat(lines) + lead, text });
		}
	}

	#textOf(k: number, { kind, text, gap }: Piece, begins: boolean, indent: number): string {
		if (kind === "lineComment") return /\\\s*(?:\n|$)/.test(text) ? text : text.trimEnd();
		if (kind !== "blockComment" || !text.includes("\n")) return text;
		const own = k === 0 || gap.includes("\n");
		return begins ? moveComment(text, indent, own ? column(gap) : indent) : text;
	}

	/** Keeps the frames in step with a piece that was written. */
	#follow(k: number, begins: boolean, indent: number, ends: boolean): void {
		const mark = this.#marks[k];
		const piece = this.#pieces[k];
		if (!mark || !piece) return;
		const branch = this.#facts.branch.get(k);
		if (branch) this.#frames = this.#saved.at(branch, this.#frames);
		if (piece.kind === "directive" || isComment(piece)) return;
		const at = this.#starts[k] ?? 0;
		const lineIndent = begins ? indent : this.#lineIndent;
		if (begins) this.#lineIndent = indent;
		if (mark.bracket === "close") {
			if (this.#frames.length > 1) this.#frames.pop();
			return;
		}
		const f = this.#frame;
		if (mark.begins) {
			f.start = at;
			f.assigned = -1;
		} else if (this.#aligning) f.assigned = at;
		else if (piece.text === "," && f.kind !== "paren") f.assigned = -1;
		this.#aligning = mark.aligns && f.kind !== "paren";
		if (mark.bracket === "") return;
		const inner = ends ? at + 1 : (this.#starts[k + 1] ?? at + 1);
		const hanging = ends || this.#hangs(k);
		this.#aligning = false;
		this.#frames.push({
			kind: mark.bracket,
			indent: lineIndent,
			inner,
			hanging,
			start: hanging ? lineIndent + tab : inner,
			assigned: -1,
		});
	}

	#lineIndent = 0;
	#aligning = false;

	/** Only comments follow the bracket on its line. */
	#hangs(k: number): boolean {
		for (let at = k + 1; at < this.#pieces.length; at++) {
			if ((this.#marks[at]?.lines ?? 0) > 0) return true;
			if (!isComment(this.#pieces[at])) return false;
		}
		return true;
	}
}

/** The column after `text` that begins at a column. */
function advance(at: number, text: string): number {
	const line = text.lastIndexOf("\n");
	if (line < 0 && !text.includes("\t")) return at + text.length;
	let end = line < 0 ? at : 0;
	for (const c of text.slice(line + 1)) end = c === "\t" ? (end | (tab - 1)) + 1 : end + 1;
	return end;
}

/** Preprocessor lines keep their own indent. */
const ownIndent = ({ gap }: Piece) => gap.slice(gap.lastIndexOf("\n") + 1);

/** A comment of several lines comes along with its first: stars below each other, other text by as much as the first line moved. */
function moveComment(text: string, indent: number, from: number): string {
	const [first = "", ...rest] = text.split("\n");
	const stars = rest.every((line) => /^\s*\*/.test(line));
	const moved = rest.map((line) => {
		const inner = line.trim();
		if (inner === "") return "";
		if (stars) return `${blank(indent)} ${inner}`;
		if (indent === from) return line.trimEnd();
		const lead = line.slice(0, line.length - line.trimStart().length);
		return blank(Math.max(0, column(lead) + indent - from)) + inner;
	});
	return [first.trimEnd(), ...moved].join("\n");
}
