// What the layout knows of the brackets and statements around a token. Plain state, copied at conditional groups.

/** What a token is to the one after it. */
export type Role =
	| "start"
	| "operand"
	| "type"
	| "unary"
	| "binary"
	| "pointer"
	/** The parenthesis that ends a cast. */
	| "cast"
	| "open"
	| "comma"
	| "keyword"
	| "member"
	| "label"
	/** The colon of a bit-field. */
	| "width"
	| "attribute";

/** A statement that is not complete before another one has followed. */
export interface Head {
	readonly kind: "if" | "else" | "do" | "loop" | "switch";
	readonly level: number;
	/** Its own statement is there: what is missing is `else`, or the `while` of a `do`. */
	done: boolean;
}

/** A statement or declaration so far; in brackets the part since the last comma. */
export interface Statement {
	level: number;
	tokens: number;
	assigned: boolean;
	/** Parentheses were closed in it, other than those of attributes. */
	called: boolean;
	/** A struct, union or enum whose brace may follow. */
	tag: "" | "record" | "enum";
	/** Only words so far, as declarations begin. */
	words: boolean;
	/** Only a name with its arguments so far. */
	invocation: boolean;
	/** A brace was closed in it. */
	closed: boolean;
	control: string;
	choices: number;
	isCase: boolean;
}

export type FrameKind = "top" | "block" | "record" | "enum" | "list" | "paren" | "bracket";

/** What stands before a parenthesis. */
export type Callee = "none" | "call" | "control" | "size" | "type" | "attribute" | "declarator";

export interface Frame {
	readonly kind: FrameKind;
	/** The piece that opened it. */
	readonly open: number;
	/** Of the statements in it, in tabs. */
	readonly level: number;
	/** Of its closing brace. */
	readonly outer: number;
	readonly depth: number;
	/** A block that ends its statement, when it is closed. */
	readonly body: boolean;
	readonly callee: Callee;
	/** Holds the declarations of parameters. */
	readonly params: boolean;
	/** Blanks that stand in columns stay. */
	readonly columns: boolean;
	/** All blanks in it stay. */
	readonly kept: boolean;
	/** The line ends behind its bracket. */
	readonly hanging: boolean;
	readonly isFor: boolean;
	heads: Head[];
	statement: Statement;
	/** Something in it names a type; nothing in it is other than words and stars. */
	typed: boolean;
	plain: boolean;
	/** Of the last label. */
	label: number;
}

export interface State {
	frames: Frame[];
	/** The last token that is neither comment nor directive, and its role. */
	before: number;
	role: Role;
}

export function newStatement(level: number): Statement {
	return {
		level,
		tokens: 0,
		assigned: false,
		called: false,
		tag: "",
		words: true,
		invocation: false,
		closed: false,
		control: "",
		choices: 0,
		isCase: false,
	};
}

export function newFrame(kind: FrameKind, level: number, more: Partial<Frame>): Frame {
	return {
		kind,
		open: -1,
		level,
		outer: level,
		depth: 0,
		body: false,
		callee: "none",
		params: false,
		columns: false,
		kept: false,
		hanging: false,
		isFor: false,
		heads: [],
		statement: newStatement(level),
		typed: false,
		plain: true,
		label: level,
		...more,
	};
}

export function copyState(state: State): State {
	return {
		...state,
		frames: state.frames.map((f) => ({
			...f,
			heads: f.heads.map((h) => ({ ...h })),
			statement: { ...f.statement },
		})),
	};
}

/** Statements stand in it, not the parts of a list. */
export const holdsStatements = (f: Frame) =>
	f.kind === "top" || f.kind === "block" || f.kind === "record";

/** The level of the statement that goes on in the frame. */
export const levelOf = (f: Frame) => (holdsStatements(f) ? f.statement.level : f.level);
