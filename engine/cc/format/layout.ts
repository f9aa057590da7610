// Tokens → for each the line ends and blanks before it, the level of a line that begins with it, and what it costs to begin one there.
// Whatever the text: what cannot be understood is laid out as a statement.

import { calleeOf, holdsParameters } from "./callee.ts";
import { breakCost, never } from "./cost.ts";
import { Branches, type Facts } from "./facts.ts";
import {
	copyState,
	type Frame,
	type Head,
	holdsStatements,
	levelOf,
	newFrame,
	newStatement,
	type Role,
	type State,
} from "./frame.ts";
import { isComment, type Piece } from "./scan.ts";
import { type Neighbours, roleOf, spaceBefore } from "./space.ts";
import { assignments, controls, isLoopMacro } from "./words.ts";

export interface Mark {
	/** Line ends before it; -1: the blanks stay as they are. */
	lines: number;
	readonly space: string;
	/** Of a line that begins with it, in tabs; -1 where the line goes on with a statement. */
	readonly level: number;
	/** What breaking the line before it costs. */
	readonly cost: number;
	/** The frame that it opens or closes for alignment. */
	readonly bracket: "" | "paren" | "list" | "block" | "close";
	/** Begins a statement, or a part of a list. */
	readonly begins: boolean;
	/** What follows on other lines is aligned behind it. */
	readonly aligns: boolean;
	/** A line that goes on with a declaration is not indented. */
	readonly flat: boolean;
}

export function layOut(pieces: readonly Piece[], facts: Facts): Mark[] {
	return new Layout(pieces, facts).run();
}

/** How a token is placed, before its blanks are known. */
interface Place {
	readonly lines: number;
	readonly level: number;
}

class Layout {
	readonly #pieces: readonly Piece[];
	readonly #facts: Facts;
	readonly #marks: Mark[] = [];
	/** Between `clang-format off` and `on`. */
	#off = false;
	readonly #saved = new Branches<State>(copyState, (s) => s.frames.length);
	#state: State = { frames: [newFrame("top", 0, {})], before: -1, role: "start" };

	constructor(pieces: readonly Piece[], facts: Facts) {
		this.#pieces = pieces;
		this.#facts = facts;
	}

	run(): Mark[] {
		this.#pieces.forEach((piece, i) => {
			if (piece.kind === "directive") this.#directive(i, piece);
			else if (isComment(piece)) {
				this.#comment(i, piece);
				const said = /clang-format (on|off)\b/.exec(piece.text);
				if (said) this.#off = said[1] === "off";
			} else this.#token(i, piece);
		});
		return this.#marks;
	}

	get #frame(): Frame {
		const top = this.#state.frames.at(-1) ?? newFrame("top", 0, {});
		if (this.#state.frames.length === 0) this.#state.frames.push(top);
		return top;
	}

	#text(at: number): string {
		return this.#pieces[at]?.text ?? "";
	}

	#next(at: number): number {
		return this.#facts.next[at] ?? this.#pieces.length;
	}

	/** A statement may begin here. */
	get #fresh(): boolean {
		return holdsStatements(this.#frame) && this.#frame.statement.tokens === 0;
	}

	#mark(i: number, place: Place, more: Partial<Mark>): void {
		const piece = this.#pieces[i];
		const last = this.#pieces[i - 1];
		let { lines } = place;
		if (last?.kind === "directive" || last?.kind === "lineComment") lines = Math.max(1, lines);
		if (i === 0) lines = 0;
		const kept = piece?.kept || this.#off || this.#frame.kept;
		this.#marks.push({
			lines: kept ? -1 : lines,
			space: more.space ?? " ",
			level: place.level,
			cost: more.cost ?? never,
			bracket: more.bracket ?? "",
			begins: more.begins ?? false,
			aligns: more.aligns ?? false,
			flat: more.flat ?? false,
		});
	}

	#directive(i: number, piece: Piece): void {
		const lines = this.#opened(i) ? 1 : Math.min(2, piece.lines);
		this.#mark(i, { lines, level: -1 }, {});
		const branch = this.#facts.branch.get(i);
		if (branch) this.#state = this.#saved.at(branch, this.#state);
	}

	/** Directly behind a brace that opens a block: no empty line follows. */
	#opened(i: number): boolean {
		return this.#text(i - 1) === "{";
	}

	#comment(i: number, piece: Piece): void {
		const last = this.#pieces[i - 1];
		const after = this.#pieces[i + 1];
		const more = { flat: this.#flat, begins: this.#begins };
		if (piece.lines > 0 || i === 0 || last?.kind === "directive") {
			const lines = this.#opened(i) ? 1 : Math.min(2, piece.lines);
			const level = this.#fresh ? this.#commentLevel(i) : -1;
			this.#mark(i, { lines, level }, more);
			return;
		}
		const space = last?.text === "(" || last?.text === "[" ? "" : " ";
		const trailing = piece.kind === "lineComment" || !after || after.lines > 0;
		if (trailing) {
			this.#mark(i, { lines: 0, level: -1 }, { space: piece.gap || space });
			return;
		}
		const own = this.#fresh && !isComment(last) && !this.#joins(this.#next(i));
		const place = { lines: own ? 1 : 0, level: own ? this.#commentLevel(i) : -1 };
		this.#mark(i, place, { ...more, space });
	}

	/** A part of a list or a statement begins here. */
	get #begins(): boolean {
		return this.#frame.statement.tokens === 0;
	}

	/** What goes on on another line belongs to a declaration that has not come to its name's arguments. */
	get #flat(): boolean {
		const f = this.#frame;
		const s = f.statement;
		return f.kind === "top" && !s.called && !s.assigned && !s.closed;
	}

	/** A comment before a `case` stands with it, unless it was written further in. */
	#commentLevel(i: number): number {
		const after = this.#next(i);
		const level = this.#freshLevel(after);
		if (!this.#isCase(after) || this.#frame.kind !== "block") return this.#textLevel(after, level);
		const inner = column(this.#pieces[i]?.gap) > column(this.#pieces[after]?.gap);
		return inner ? this.#frame.level : level;
	}

	/** Labels stand at the margin, comments before them do not. */
	#textLevel(after: number, level: number): number {
		return this.#isLabel(after) ? this.#frame.level : level;
	}

	#isCase(at: number): boolean {
		const text = this.#text(at);
		return text === "case" || (text === "default" && this.#text(this.#next(at)) === ":");
	}

	#isLabel(at: number): boolean {
		if (this.#frame.kind !== "block" || this.#pieces[at]?.kind !== "word") return false;
		return !this.#isCase(at) && this.#text(this.#next(at)) === ":";
	}

	#freshLevel(at: number): number {
		const f = this.#frame;
		if (f.kind === "block") {
			if (this.#isCase(at)) return Math.max(0, f.level - 1);
			if (this.#isLabel(at)) return 0;
		}
		const head = f.heads.at(-1);
		if (!head) return f.level;
		const text = this.#text(at);
		const own = text === "{" || (text === "if" && this.#text(this.#state.before) === "else");
		return head.done || own ? head.level : head.level + 1;
	}

	/** A token that stands on the line of the one before, though a statement begins with it. */
	#joins(at: number): boolean {
		const text = this.#text(at);
		const before = this.#text(this.#state.before);
		const head = this.#frame.heads.at(-1);
		if (text === "{") return (head !== undefined && !head.done) || this.#state.role === "label";
		if (text === "else") return before === "}" && head?.kind === "if" && head.done;
		if (text === "while") return before === "}" && head?.kind === "do" && head.done;
		if (text === "if") return before === "else";
		return text === ";" && before === "}";
	}

	#token(i: number, piece: Piece): void {
		const close = this.#close(i, piece);
		const invoked = this.#frame.statement.invocation && piece.lines > 0 && piece.kind === "word";
		if (!close && invoked && holdsStatements(this.#frame)) this.#endStatement();
		const f = this.#frame;
		const role = this.#roleOf(i, piece, close);
		const function_ = !close && piece.text === "{" && this.#isFunction();
		const fresh = this.#fresh;
		const place = close
			? this.#placeOfClose(i, piece, close)
			: fresh
				? this.#placeOfFresh(i, piece)
				: function_
					? { lines: 1, level: levelOf(f) }
					: { lines: this.#placeOfRest(i, piece, role), level: -1 };
		if (fresh && !close) f.statement.level = place.level < 0 ? f.level : place.level;
		const n = this.#neighbours(i);
		const bracket = close ? "close" : this.#bracketOf(i, piece, function_);
		this.#mark(i, place, {
			flat: this.#flat,
			space: spaceBefore(n, role),
			cost: breakCost(n, role),
			bracket,
			begins: this.#begins && !close,
			aligns: this.#aligns(piece),
		});
		this.#advance(i, piece, role, close, bracket);
	}

	#neighbours(at: number): Neighbours {
		const { before, role } = this.#state;
		return {
			facts: this.#facts,
			pieces: this.#pieces,
			at,
			before,
			role,
			frame: this.#frame,
		};
	}

	#aligns(piece: Piece): boolean {
		return assignments.has(piece.text) || piece.text === "return";
	}

	/** The frame that this token closes, taken off. */
	#close(i: number, { kind, text }: Piece): Frame | undefined {
		if (kind !== "punctuator" || !/^[)\]}]$/.test(text)) return undefined;
		const other = this.#facts.partner[i] ?? -1;
		const { frames } = this.#state;
		const at = other < 0 ? -1 : frames.findLastIndex((f) => f.open === other);
		if (at < 0) return text === "}" ? this.#closeAny() : undefined;
		const [frame] = frames.splice(at);
		return frame;
	}

	/** A brace whose partner is in another branch closes the innermost block. */
	#closeAny(): Frame | undefined {
		const { frames } = this.#state;
		const at = frames.findLastIndex((f) => f.kind === "block");
		return at < 0 ? undefined : frames.splice(at)[0];
	}

	#placeOfClose(i: number, piece: Piece, frame: Frame): Place {
		const { kind } = frame;
		if (kind === "block" || kind === "record") return { lines: 1, level: frame.outer };
		const own = frame.hanging && this.#state.before !== frame.open;
		if (kind === "paren" || kind === "bracket")
			return { lines: own ? Math.min(1, piece.lines) : 0, level: -1 };
		const behind = isComment(this.#pieces[i - 1]) && piece.lines > 0;
		return { lines: own || behind ? 1 : 0, level: -1 };
	}

	#placeOfFresh(i: number, piece: Piece): Place {
		const last = this.#pieces[i - 1];
		const level = this.#freshLevel(i);
		if (this.#joins(i)) return { lines: isComment(last) ? Math.min(1, piece.lines) : 0, level };
		if (last?.kind === "blockComment" && piece.lines === 0) return { lines: 0, level };
		const empty = this.#state.role === "start" && this.#opened(i);
		return { lines: empty ? 1 : Math.max(1, Math.min(2, piece.lines)), level };
	}

	#placeOfRest(i: number, piece: Piece, role: Role): number {
		const f = this.#frame;
		const most = f.kind === "list" || f.kind === "enum" ? 2 : 1;
		const lines = Math.min(this.#opened(i) ? 1 : most, piece.lines);
		if (isComment(this.#pieces[i - 1])) return lines;
		const { text } = piece;
		const opened = this.#state.role === "open";
		if (role === "label" || ((text === ";" || text === ",") && !opened)) return 0;
		if (text === "(" && this.#state.role === "keyword") return 0;
		if (text !== "{") return lines;
		return opened || this.#state.role === "comma" ? lines : 0;
	}

	#roleOf(i: number, { text }: Piece, close: Frame | undefined): Role {
		const f = this.#frame;
		const s = f.statement;
		if (close) return this.#roleOfClose(i, close);
		if (text === "(" || text === "[" || text === "{") return "open";
		if (text === ":") {
			if (s.choices > 0) return "binary";
			if (s.isCase || this.#text(f.open - 1) === "_Generic") return "label";
			if (f.kind === "block" && s.tokens === 1) return "label";
			return f.kind === "record" ? "width" : "binary";
		}
		return roleOf(this.#neighbours(i));
	}

	#roleOfClose(i: number, f: Frame): Role {
		if (f.kind !== "paren") return "operand";
		if (f.callee === "attribute") return "attribute";
		if (f.callee === "type") return "type";
		if (f.callee !== "none" || !f.plain) return "operand";
		const { before, role } = this.#state;
		if (before === f.open) return "operand";
		if (f.typed || role === "pointer") return "cast";
		const after = this.#pieces[this.#next(i)];
		if (!after) return "operand";
		const value = after.kind === "word" || after.kind === "number" || after.kind === "string";
		return value || /^[~!{]$/.test(after.text) ? "cast" : "operand";
	}

	#isFunction(): boolean {
		const f = this.#frame;
		const s = f.statement;
		if (f.kind !== "top" || s.tokens === 0 || s.assigned || s.tag !== "") return false;
		return s.called;
	}

	#bracketOf(i: number, { kind, text }: Piece, function_: boolean): Mark["bracket"] {
		if (kind !== "punctuator") return "";
		if (text === "(" || text === "[") return (this.#facts.partner[i] ?? -1) < 0 ? "" : "paren";
		if (text !== "{") return "";
		if (function_) return "block";
		return this.#isList() ? "list" : "block";
	}

	/** A brace here opens an initialiser or the constants of an enum. */
	#isList(): boolean {
		const f = this.#frame;
		const s = f.statement;
		const { role } = this.#state;
		if (s.tag !== "") return s.tag === "enum";
		if (f.kind === "paren") return !(role === "open" && this.#text(this.#state.before) === "(");
		if (!holdsStatements(f)) return true;
		if (s.tokens === 0) return false;
		return (
			s.assigned || role === "cast" || role === "binary" || role === "comma" || role === "keyword"
		);
	}

	#advance(
		i: number,
		piece: Piece,
		role: Role,
		close: Frame | undefined,
		bracket: Mark["bracket"],
	): void {
		const { before } = this.#state;
		const previous = this.#state.role;
		this.#state.before = i;
		this.#state.role = role;
		if (close) this.#closed(i, close);
		else if (bracket === "paren") this.#openParenthesis(i, before, previous);
		else if (bracket !== "") this.#openBrace(i, bracket);
		else this.#within(i, piece, role);
	}

	#within(i: number, piece: Piece, role: Role): void {
		const f = this.#frame;
		const s = f.statement;
		const { text } = piece;
		const statements = holdsStatements(f);
		if (role === "type") f.typed = true;
		if (piece.kind !== "word" && text !== "*") f.plain = false;
		if (statements && s.tokens === 0 && piece.kind === "word" && this.#begin(i, text)) return;
		s.tokens++;
		const called = piece.kind === "word" && this.#text(this.#next(i)) === "(";
		const names = role === "operand" || role === "attribute";
		s.invocation = called && names && (s.tokens === 1 || s.invocation);
		if (piece.kind !== "word" && role !== "pointer" && role !== "comma") s.words = false;
		if (text === "return" || text === "goto") s.words = false;
		if (text === "struct" || text === "union") s.tag = "record";
		else if (text === "enum") s.tag = "enum";
		else if (piece.kind !== "word") s.tag = "";
		if (assignments.has(text) || text === "return") s.assigned = true;
		if (text === "?") s.choices++;
		if (role === "label") this.#endLabel();
		else if (role === "binary" && text === ":") s.choices = Math.max(0, s.choices - 1);
		else if (text === ";") {
			if (statements) this.#endStatement();
			else f.statement = newStatement(f.level);
		} else if (text === "," && !statements) f.statement = newStatement(f.level);
	}

	/** The first word of a statement. True when nothing more is to be noted of it. */
	#begin(i: number, text: string): boolean {
		const f = this.#frame;
		if (f.kind === "record") return false;
		const s = f.statement;
		const head = f.heads.at(-1);
		if (text === "else" || text === "do") {
			if (text === "else" && head?.kind === "if" && head.done) f.heads.pop();
			f.heads.push({ kind: text, level: s.level, done: false });
			f.statement = newStatement(s.level);
			return true;
		}
		if (text === "while" && head?.kind === "do" && head.done) {
			s.control = "";
			f.heads.pop();
			return false;
		}
		if (text === "if" && head?.kind === "else" && !head.done && s.level === head.level)
			f.heads.pop();
		if (controls.has(text)) s.control = text;
		else if (isLoopMacro(text)) s.control = "loop";
		if (this.#isCase(i)) s.isCase = true;
		return false;
	}

	#endLabel(): void {
		const f = this.#frame;
		f.label = f.statement.level;
		f.statement = newStatement(f.level);
	}

	/** A statement is complete, and with it those that wait for it. */
	#endStatement(): void {
		const f = this.#frame;
		f.statement = newStatement(f.level);
		this.#state.role = "start";
		const after = this.#text(this.#next(this.#state.before));
		for (;;) {
			const head = f.heads.at(-1);
			if (!head) return;
			const waits =
				(head.kind === "if" && after === "else") || (head.kind === "do" && after === "while");
			if (waits && !head.done) {
				head.done = true;
				return;
			}
			f.heads.pop();
		}
	}

	#openParenthesis(i: number, before: number, previous: Role): void {
		const parent = this.#frame;
		const s = parent.statement;
		const text = this.#text(before);
		const callee =
			this.#text(i) === "[" ? "none" : calleeOf({ ...this.#neighbours(i), before, role: previous });
		const close = this.#facts.partner[i] ?? -1;
		const attribute = callee === "attribute";
		s.tokens++;
		const params = !attribute && holdsParameters(parent, callee, previous);
		if (!attribute && callee !== "type") s.tag = "";
		if (callee !== "type" && !attribute) s.words &&= callee === "declarator";
		this.#state.frames.push(
			newFrame(this.#text(i) === "[" ? "bracket" : "paren", levelOf(parent), {
				open: i,
				depth: parent.depth + 1,
				callee,
				params,
				columns: parent.columns,
				kept: parent.kept || (callee === "call" && this.#facts.literal.has(text) && close >= 0),
				hanging: (this.#pieces[i + 1]?.lines ?? 0) > 0,
				isFor: callee === "control" && text === "for",
			}),
		);
	}

	#openBrace(i: number, bracket: "list" | "block" | "close" | ""): void {
		const f = this.#frame;
		const s = f.statement;
		const head = f.heads.at(-1);
		const fresh = holdsStatements(f) && s.tokens === 0;
		const hanging = this.#hangs(i);
		const more = { open: i, depth: f.depth + 1, kept: f.kept };
		const { frames } = this.#state;
		if (bracket === "list") {
			const kind = s.tag === "enum" ? "enum" : "list";
			const level = levelOf(f);
			frames.push(newFrame(kind, level + 1, { ...more, columns: true, hanging, outer: level }));
		} else if (s.tag === "record") {
			const outer = levelOf(f);
			frames.push(newFrame("record", outer + 1, { ...more, depth: 0, columns: true, outer }));
		} else {
			const waiting = fresh && head && !head.done;
			const labelled = this.#marks[i]?.lines === 0 && fresh && !waiting;
			const outer = waiting ? head.level : labelled ? f.label : levelOf(f);
			const body = holdsStatements(f);
			frames.push(newFrame("block", outer + 1, { ...more, depth: 0, outer, body }));
		}
		this.#state.role = bracket === "block" ? "start" : "open";
		s.tokens++;
		s.tag = "";
	}

	/** The line ends behind a brace, comments aside. */
	#hangs(i: number): boolean {
		for (let at = i + 1; at < this.#pieces.length; at++) {
			const piece = this.#pieces[at];
			if ((piece?.lines ?? 0) > 0) return true;
			if (!isComment(piece)) return false;
		}
		return false;
	}

	#closed(i: number, close: Frame): void {
		const f = this.#frame;
		const s = f.statement;
		if (close.body) {
			this.#endStatement();
			return;
		}
		s.tokens++;
		if (close.kind === "paren") {
			if (close.callee !== "attribute") s.called = true;
			const type = close.callee === "declarator" || close.callee === "type";
			if (!type && !(close.callee === "call" && f.typed)) f.plain = false;
			if (close.callee === "type") f.typed = true;
		} else if (close.kind !== "bracket") s.closed = true;
		if (!holdsStatements(f) || close.kind !== "paren") return;
		if (close.callee === "control") this.#pushHead(s.control);
		else if (s.tokens === 3 && s.invocation) this.#afterMacro(i);
	}

	/** `name(…)` so far: a macro that is a loop, or one with a block of its own. */
	#afterMacro(i: number): void {
		const f = this.#frame;
		const after = this.#text(this.#next(i));
		const block = f.kind === "block" && after === "{";
		const loop = f.statement.control === "loop" && !/^[;,.=]$|^$/.test(after);
		if (block || loop) this.#pushHead("loop");
	}

	#pushHead(control: string): void {
		const f = this.#frame;
		const kind: Head["kind"] = control === "if" || control === "switch" ? control : "loop";
		f.heads.push({ kind, level: f.statement.level, done: false });
		f.statement = newStatement(f.statement.level);
		this.#state.role = "start";
	}
}

/** The column at which blanks end, with tabs of eight. */
export function column(blanks: string | undefined): number {
	if (!blanks) return 0;
	let at = 0;
	for (const c of blanks.slice(blanks.lastIndexOf("\n") + 1))
		at = c === "\t" ? (at | 7) + 1 : at + 1;
	return at;
}
