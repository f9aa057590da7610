// What the terminal needs of the engine behind it. It knows neither a page nor a worker.

import type { Target } from "../../elf/index.ts";
import type { ObjectFile } from "../../object/index.ts";
import type { Installation } from "../install.ts";
import type { PacketOut } from "../out.ts";
import type { Project } from "../project.ts";
import type { RunReply, Verdict } from "../protocol.ts";

export interface TerminalHost {
	/** The open project; undefined before one is opened. */
	project(): Project | undefined;
	/** The object of the last build that succeeded. */
	object(): ObjectFile | undefined;
	/** The kernel's types that C and objects are built for. */
	target?(): Target | undefined;
	/** The kernel with that object in it, made when it is needed; a text says why there is none. */
	installation(): Installation | string;
	/** The verifier's verdict on a program of that object. */
	verdict(program: string): Verdict;
	/** What came out of the last run, in order. */
	packetsOut(): readonly PacketOut[];
	/** Puts the scenario's packets through a program, in a fresh kernel. */
	run(program: string): Promise<RunReply>;
	/** Fresh maps, filled from the scenario. */
	reset(): void | Promise<void>;
}

/** A command's refusal, shown to whoever typed it. */
export class ShellError extends Error {}
