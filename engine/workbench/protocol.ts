// What crosses the border between the page (or the command line) and the engine: plain data only. Every reply that
// depends on a build carries the revision of the sources that made it; receivers drop older ones.

import type { Diagnostic, Span, TextEdit } from "../base/index.ts";
import type { VariableSpec } from "../object/index.ts";
import type { MinimumKernel } from "./minimum.ts";
import type { ObjectView, TypeRow } from "./objectview.ts";
import type { Project } from "./project.ts";
import type { Completions, Hover, OutlineItem, SourceDefinition } from "./source.ts";

// --- building ---------------------------------------------------------------------------------------------------------

export interface BuildReply {
	readonly revision: number;
	readonly diagnostics: readonly Diagnostic[];
	/** Empty when the entry file could not be built; the former build then stays loaded. */
	readonly programs: readonly ProgramInfo[];
	readonly maps: readonly MapInfo[];
	readonly timeMs: number;
}

export interface ProgramInfo {
	readonly name: string;
	readonly section: string;
	/** BPF_PROG_TYPE_* and its name (`xdp`); absent when the section says nothing and the user must choose. */
	readonly type?: number;
	readonly typeName?: string;
	/** The section says nothing: the type is the project's choice, or what the section's name is like. */
	readonly typeOpen?: boolean;
	/** Instruction slots. */
	readonly length: number;
	readonly listing: readonly ListingRow[];
	/** Where the source's variables are; for C that was compiled here. */
	readonly variables?: readonly (VariableSpec & {
		/** In C, where it is known. */
		readonly declaration?: string;
	})[];
}

/** One instruction of the listing; `pc` counts 8-byte slots as the kernel does. */
export interface ListingRow {
	readonly pc: number;
	/** 1, or 2 for a 64-bit immediate load. */
	readonly slots: number;
	/** Hexadecimal of its 8 or 16 bytes. */
	readonly bytes: string;
	/** Text in kernel syntax, jump targets as labels. */
	readonly text: string;
	/** Label at this instruction, e.g. `L48` or a function's name. */
	readonly label?: string;
	/** pc that it jumps to or calls. */
	readonly target?: number;
	/** 1-based line in `file` that it came from. */
	readonly file?: string;
	readonly line?: number;
	/** The text of that line, where another line begins than the row before is of; for what was compiled. */
	readonly source?: string;
}

export interface MapInfo {
	readonly name: string;
	readonly type: number;
	readonly typeName: string;
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
	readonly flags: number;
}

// --- verifying --------------------------------------------------------------------------------------------------------

export type Verdict =
	| { readonly kind: "accepted" }
	/** Linux's answer. `message` is the verifier's own final line; `reason` a stable id such as `packet/out-of-range`. */
	| {
			readonly kind: "rejected";
			readonly message: string;
			readonly errno: number;
			readonly reason: string;
			readonly pc?: number;
			readonly file?: string;
			readonly line?: number;
	  }
	/** Skep gives up: says nothing about what Linux would answer. */
	| {
			readonly kind: "unsupported";
			readonly what: string;
			readonly pc?: number;
			readonly line?: number;
	  }
	/** A defect of Skep. */
	| { readonly kind: "bug"; readonly message: string };

export interface VerifyReply {
	readonly revision: number;
	readonly program: string;
	readonly verdict: Verdict;
	readonly insnsProcessed: number;
	readonly totalStates: number;
	readonly peakStates: number;
	readonly timeMs: number;
	/** How often each instruction was processed, by pc; 0: never reached. */
	readonly visits: readonly number[];
	/** Per source line: the state change worth showing at the end of the line, in the kernel's notation (at most 20 characters). */
	readonly hints: readonly {
		readonly file: string;
		readonly line: number;
		readonly text: string;
	}[];
	/** Lines of the level-2 log. */
	readonly logLines: number;
	readonly card?: RejectionCard;
	/** The oldest kernel that has what the program uses, modelled; newest need first. */
	readonly kernel?: MinimumKernel;
}

/** The "Why not?" card of a rejection: reason first, then the kernel's line, then known, needed and path. Names of the source's variables and
 *  pieces of code stand between backquotes. */
export interface RejectionCard {
	/** Class of the rejection, `area/what`; the same in every version. */
	readonly id: string;
	/** Absent for what is refused before any instruction is looked at. */
	readonly pc?: number;
	readonly file?: string;
	readonly line?: number;
	/** The source line. */
	readonly text?: string;
	/** One plain sentence. */
	readonly reason: string;
	/** The kernel's own line or lines, as they are. */
	readonly kernel: readonly string[];
	readonly known: string;
	readonly needed: string;
	/** What people do about it mostly. */
	readonly usually: string;
	/** Branches and calls that lead to the rejection, in order; empty when it is straight, or not known. */
	readonly path: readonly PathStep[];
	/** Byte ranges to draw where the reason is about bounds. */
	readonly range?: {
		readonly label: string;
		readonly proven: number;
		readonly neededFrom: number;
		readonly neededTo: number;
	};
	/** A mechanical mend, as edits of the source; what it leads to is for the verifier to say. */
	readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
}

/** A branch, call or return of the path; `gap` stands for `times` steps that are left out. */
export interface PathStep {
	readonly kind: "branch" | "call" | "return" | "gap";
	readonly pc: number;
	/** The instruction that came next. */
	readonly to: number;
	readonly file?: string;
	readonly line?: number;
	readonly toLine?: number;
	/** The source line, or the instruction. */
	readonly text: string;
	/** Of a branch: the instruction jumped. */
	readonly taken?: boolean;
	/** Turns of a loop in which it came like this. */
	readonly times: number;
}

/** A window of the verifier's log; `pc` links a line to its instruction. */
export interface LogWindow {
	readonly revision: number;
	readonly from: number;
	readonly total: number;
	readonly lines: readonly { readonly text: string; readonly pc?: number }[];
}

/** What the verifier knew before an instruction, on one visit. */
export interface VisitState {
	readonly pc: number;
	readonly visit: number;
	readonly visits: number;
	/** The frame's registers in the kernel's notation; `changed` since the previous instruction of the path. */
	readonly registers: readonly {
		readonly name: string;
		readonly text: string;
		readonly changed: boolean;
	}[];
	readonly stack: readonly { readonly offset: number; readonly text: string }[];
	readonly frame: number;
}

// --- packets and runs -------------------------------------------------------------------------------------------------

export interface RunRequest {
	readonly program: string;
	readonly engine: "vm" | "jit";
	/** Runs a rejected program in the checked interpreter, with a step budget. */
	readonly unverified?: boolean;
}

/** Result of one packet; sent in batches while a run goes on. */
export interface PacketResult {
	readonly index: number;
	/** XDP_PASS → `PASS`, TC_ACT_SHOT → `SHOT`, or the number for types without names. */
	readonly action: string;
	readonly retval: number;
	/** Executed instructions; absent where the JIT ran. */
	readonly steps?: number;
	readonly after: Uint8Array;
	/** Bytes that the start of the packet moved (bpf_xdp_adjust_head); negative: grown at the front. */
	readonly headDelta: number;
	/** Changed stretches of `after`, half-open. */
	readonly changed: readonly { readonly start: number; readonly end: number }[];
	/** For changed bytes: which instruction wrote them last (checked interpreter only). */
	readonly writers?: readonly {
		readonly start: number;
		readonly end: number;
		readonly pc: number;
		readonly step: number;
	}[];
	/** Device the packet left through, for redirects and TX. */
	readonly out?: string;
	readonly trap?: { readonly message: string; readonly pc: number; readonly unsupported?: string };
}

export interface RunReply {
	readonly revision: number;
	readonly results: readonly PacketResult[];
	/** Action → number of packets. */
	readonly counts: Readonly<Record<string, number>>;
	readonly stopped: boolean;
	readonly timeMs: number;
	/** New trace_pipe lines. */
	readonly trace: readonly string[];
	/** Ring buffer and perf event records. */
	readonly records: readonly {
		readonly map: string;
		readonly cpu: number;
		readonly data: Uint8Array;
	}[];
}

// --- stepping ---------------------------------------------------------------------------------------------------------

export type StepKind =
	| "into"
	| "over"
	| "out"
	| "back"
	| "back-over"
	/** To another line, into calls or over them, and back to where the line before began. */
	| "line"
	| "line-over"
	| "back-line"
	| "start"
	| "end"
	| "continue"
	| "reverse-continue";

/** What a watchpoint looks at; a run stops after an instruction that wrote it. */
export type Watch =
	| { readonly kind: "register"; readonly register: number }
	/** Bytes from r10 of the function that runs when it is set; negative. */
	| { readonly kind: "stack"; readonly offset: number; readonly size: number }
	/** Bytes of the value of a key, which is in hexadecimal. */
	| {
			readonly kind: "map";
			readonly map: string;
			readonly key: string;
			readonly offset: number;
			readonly size: number;
	  };

export interface DebugState {
	readonly revision: number;
	readonly program: string;
	readonly packet: number;
	/** Instructions executed before this moment; 0 to `total`. */
	readonly step: number;
	readonly total: number;
	readonly pc: number;
	readonly file?: string;
	readonly line?: number;
	/** Which time the current pc is visited in this run, from 1. */
	readonly visit: number;
	readonly finished?:
		| { readonly retval: number; readonly action: string }
		| { readonly trap: string };
	readonly stoppedBy: "step" | "breakpoint" | "watchpoint" | "end" | "trap";
	/** The watchpoint that stopped the run, and the instruction that wrote there. */
	readonly watched?: { readonly watch: Watch; readonly pc: number };
	readonly registers: readonly DebugRegister[];
	readonly stack: readonly StackRow[];
	readonly frames: readonly {
		readonly name: string;
		readonly pc: number;
		readonly line?: number;
	}[];
	/** The packet as it is now, and what the next instruction touches in it. */
	readonly packetNow: Uint8Array;
	readonly headDelta: number;
	readonly access?: {
		readonly start: number;
		readonly end: number;
		readonly kind: "read" | "write";
	};
	readonly changed: readonly { readonly start: number; readonly end: number }[];
	/** Stretches of the packet that the verifier has proven readable here; `variable` when through a pointer with a variable part. */
	readonly proven: readonly {
		readonly start: number;
		readonly end: number;
		readonly by: string;
		readonly variable: boolean;
	}[];
	/** Places on the time line. */
	readonly marks: readonly {
		readonly step: number;
		readonly kind: "breakpoint" | "call" | "write";
	}[];
}

/** Ghost state: the concrete value beside what the verifier knew. */
export interface DebugRegister {
	readonly name: string;
	/** `pkt+34`, `fp-8`, `63`, `map_value(rules)+4`; `–` when never written. */
	readonly value: string;
	/** Unsigned 64-bit hexadecimal. */
	readonly raw: string;
	/** The verifier's notation; undefined when it recorded no state here. */
	readonly known?: string;
	/** False when the concrete value lies outside every recorded state: a defect of the verifier or an unverified program. */
	readonly inside?: boolean;
	readonly changed: boolean;
}

/** Eight bytes of stack, lowest address first; undefined: never written. */
export interface StackRow {
	readonly offset: number;
	readonly bytes: readonly (number | undefined)[];
	readonly text: string;
	readonly changed: boolean;
	readonly known?: string;
}

// --- maps -------------------------------------------------------------------------------------------------------------

/** A window of a map's entries; per-CPU values hold one value a CPU. Hexadecimal throughout. */
export interface MapWindow {
	readonly map: string;
	readonly total: number;
	readonly from: number;
	readonly entries: readonly { readonly key: string; readonly values: readonly string[] }[];
}

/** An errno name and text when a map operation fails, as bpf(2) answers it. */
export type MapReply = { readonly ok: true } | { readonly ok: false; readonly error: string };

// --- the engine's interface -------------------------------------------------------------------------------------------

/** The worker's interface; every method answers, none throws for bad input. */
export interface Engine {
	/** Replaces the project and builds its entry file. Running work is stopped. */
	open(revision: number, project: Project): Promise<BuildReply>;
	/** Builds again after an edit of the sources. */
	build(revision: number, project: Project): Promise<BuildReply>;
	verify(revision: number, program: string, type?: number): Promise<VerifyReply>;
	/** One short step of what makes the first keys in a C program as quick as later ones; answers whether another is worth while. */
	warm(): Promise<boolean>;
	log(program: string, from: number, count: number): Promise<LogWindow>;
	/** `visit` from 1; undefined when the instruction was never reached. */
	state(program: string, pc: number, visit: number): Promise<VisitState | undefined>;

	/** Puts the scenario's packets through the program; results also arrive as `packets` events while it runs. */
	run(request: RunRequest): Promise<RunReply>;
	/** Pauses before the first instruction of `packet`. */
	debug(program: string, packet: number, unverified?: boolean): Promise<DebugState | undefined>;
	step(kind: StepKind): Promise<DebugState | undefined>;
	seek(step: number): Promise<DebugState | undefined>;
	breakpoints(program: string, pcs: readonly number[]): Promise<void>;
	/** Replaces the watchpoints; while paused, answers for each whether what it looks at is there. */
	watch(watches: readonly Watch[]): Promise<readonly boolean[]>;
	/** Ends the debugging session. */
	leave(): Promise<void>;
	/** Stops whatever runs; answers at once. */
	stop(): Promise<void>;

	maps(): Promise<readonly (MapInfo & { readonly entries: number })[]>;
	mapWindow(map: string, from: number, count: number): Promise<MapWindow>;
	mapUpdate(map: string, key: string, value: string): Promise<MapReply>;
	mapDelete(map: string, key: string): Promise<MapReply>;
	/** The built object's sections, symbols, relocations and global variables; undefined when nothing is built. */
	object(): Promise<ObjectView | undefined>;
	/** A window of the object's BTF types whose name holds `filter`. */
	types(filter: string, from: number, count: number): Promise<TypeWindow>;
	type(id: number): Promise<TypeRow | undefined>;
	/** The whole value of a data map, in hexadecimal, with one variable set to `text`. */
	globalValue(
		map: string,
		variable: string,
		text: string,
	): Promise<{ readonly value: string } | { readonly error: string }>;
	/** Fresh maps filled from the scenario. */
	reset(): Promise<void>;

	/** One line of the terminal (`help`, `bpftool …`, `skep …`, `trace_pipe`); output may hold ANSI colours. */
	command(line: string): Promise<string>;
	/** What could follow at the end of a line of the terminal: replaces its characters from `from` on. */
	complete(line: string): Promise<{ readonly from: number; readonly words: readonly string[] }>;
	/** The project that the questions about C sources are asked of from now on; a build hands its own. A text that is being typed is
	 *  ahead of the build: an offset of the one means nothing in the other. */
	sourceProject(project: Project): Promise<void>;
	/** What could stand at an offset of a C file of the project. */
	sourceComplete(path: string, offset: number): Promise<Completions | undefined>;
	sourceHover(path: string, offset: number): Promise<Hover | undefined>;
	sourceDefinition(path: string, offset: number): Promise<SourceDefinition | undefined>;
	/** All places of the project that name the same thing. */
	sourceUses(path: string, offset: number): Promise<readonly Span[]>;
	sourceRename(
		path: string,
		offset: number,
		name: string,
	): Promise<{ readonly edits: readonly TextEdit[] } | { readonly error: string }>;
	sourceOutline(path: string): Promise<readonly OutlineItem[]>;
	/** The text of a built-in header, by the file of a diagnostic's place. */
	sourceHeader(file: string): Promise<string | undefined>;
	/** The edits that put C text in the kernel's style; the text need not be the project's yet. */
	sourceFormat(text: string, path: string): Promise<readonly TextEdit[]>;
	/** The built program as an ELF object that libbpf loads, with types and lines. */
	objectFile(): Promise<ObjectFileReply>;
	/** Saves a capture of what came out, as pcap. */
	pcap(): Promise<Uint8Array>;
	/** Judges against these types from the next build on: raw BTF, or a vmlinux with it; without bytes against the simulated kernel's.
	 *  The answer names what was wrong; the former types then stay. */
	kernel(bytes: Uint8Array | undefined): Promise<string | undefined>;
	/** Links objects into one, as `bpftool gen object` does. */
	link(objects: readonly LinkedFile[]): Promise<LinkReply>;
	/** Reads a dropped file into the project's terms. */
	importFile(name: string, bytes: Uint8Array): Promise<ImportReply>;
}

export interface LinkedFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

export type LinkReply = { readonly bytes: Uint8Array } | { readonly error: string };

export type ObjectFileReply =
	/** `lost` names what an object cannot say. */
	{ readonly bytes: Uint8Array; readonly lost: readonly string[] } | { readonly error: string };

export interface TypeWindow {
	readonly total: number;
	readonly rows: readonly TypeRow[];
}

export type ImportReply =
	| { readonly kind: "project"; readonly project: Project }
	| { readonly kind: "source"; readonly path: string; readonly text: string }
	| {
			readonly kind: "object";
			readonly path: string;
			readonly bytes: Uint8Array;
			readonly programs: readonly string[];
	  }
	| { readonly kind: "packets"; readonly packets: Project["scenario"]["packets"] }
	/** A kernel's types: to be kept, and handed to `Engine.kernel`. */
	| { readonly kind: "kernel"; readonly bytes: Uint8Array; readonly types: number }
	| { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

/** Unsolicited messages of the engine. */
export type EngineEvent =
	| {
			readonly kind: "packets";
			readonly revision: number;
			readonly results: readonly PacketResult[];
			readonly done: number;
			readonly total: number;
	  }
	| {
			readonly kind: "progress";
			readonly what: string;
			readonly done: number;
			readonly total: number;
	  }
	| { readonly kind: "output"; readonly text: string };
