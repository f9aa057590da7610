// Commands of commands: bpftool's way of choosing by the beginning of a word, with its usage text when nothing fits.

import { ShellError } from "./host.ts";
import type { Tool } from "./tool.ts";

export interface SubCommand {
	/** Lines of usage, each `NAME ARGUMENTS`. */
	readonly usage: readonly string[];
	readonly run: (tool: Tool, words: string[]) => string | Promise<string>;
}

export type SubCommands = Readonly<Record<string, SubCommand>>;

/** Runs the first command that begins with the first word. Without words `otherwise` is run. */
export function choose(
	object: string,
	commands: SubCommands,
	tool: Tool,
	words: string[],
	otherwise: string | undefined,
): string | Promise<string> {
	const [word, ...rest] = words;
	const wanted = word ?? otherwise;
	if (wanted === undefined || wanted === "help") return usage(object, commands);
	const name = Object.keys(commands).find((n) => n.startsWith(wanted));
	const command = name === undefined ? undefined : commands[name];
	if (!command) throw new Usage(usage(object, commands));
	return command.run(tool, rest);
}

export function usage(object: string, commands: SubCommands): string {
	const lines = Object.values(commands).flatMap((c) => c.usage);
	const all = [...new Set([...lines, "help"])];
	const text = all.map((l, i) => `${i === 0 ? "Usage:" : "      "} bpftool ${object} ${l}\n`);
	return `${text.join("")}${FOOT[object] ?? ""}`;
}

const MAP = "       MAP := { id MAP_ID | name MAP_NAME }\n";
const PROG = "       PROG := { id PROG_ID | tag PROG_TAG | name PROG_NAME }\n";
const OPTIONS = "       OPTIONS := { {-j|--json} [{-p|--pretty}] }\n";
const FOOT: Readonly<Record<string, string>> = {
	prog: `\n${PROG}       FILE := { packets/N | a file of the project | - }\n${OPTIONS}`,
	map: `\n${MAP}       DATA := { [hex] BYTES }\n${PROG}       VALUE := { DATA | MAP | PROG }\n       UPDATE_FLAGS := { any | exist | noexist }\n${OPTIONS}`,
	btf: `\n       BTF_SRC := { id BTF_ID | prog PROG | map MAP [{key | value | kv | all}] | file FILE }\n${OPTIONS}`,
	feature: `\n${OPTIONS}`,
};

/** A wrong use that is answered with the usage text alone. */
export class Usage extends ShellError {}
