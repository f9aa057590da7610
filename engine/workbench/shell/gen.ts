// `bpftool gen` and `skep gen`: code generated from an object of the project.

import { headerName, skeletonHeader, skeletonModule } from "../../skeleton/index.ts";
import { readFile } from "./files.ts";
import { ShellError, type TerminalHost } from "./host.ts";
import { choose, type SubCommands, Usage, usage } from "./table.ts";
import type { Tool } from "./tool.ts";

const commands: SubCommands = {
	skeleton: { usage: ["skeleton FILE [name OBJECT_NAME]"], run: skeleton },
};

export const genCommands = Object.keys(commands);

export function gen(tool: Tool, words: string[]): string | Promise<string> {
	return choose("gen", commands, tool, words, undefined);
}

function skeleton(tool: Tool, words: string[]): string {
	const [path, word, name, ...more] = words;
	if (path === undefined) throw new Usage(usage("gen", commands));
	if (more.length > 0 || (word !== undefined && (word !== "name" || name === undefined)))
		throw new ShellError(`unrecognized option: '${more[0] ?? word}'`);
	return generate(tool.host, path, name ?? headerName(path), skeletonHeader);
}

/** `skep gen skeleton FILE [name NAME] [--ts]` */
export function skepGen(host: TerminalHost, words: readonly string[]): string {
	const rest = words.filter((w) => w !== "--ts");
	const [what, path, word, name, ...more] = rest;
	const named = word === undefined || (word === "name" && name !== undefined);
	if (what !== "skeleton" || path === undefined || !named || more.length > 0)
		throw new ShellError("skep gen skeleton FILE [name NAME] [--ts]");
	const make = rest.length < words.length ? skeletonModule : skeletonHeader;
	return generate(host, path, name ?? headerName(path), make);
}

function generate(
	host: TerminalHost,
	path: string,
	name: string,
	make: typeof skeletonHeader,
): string {
	const { value, diagnostics } = make(readFile(host, path), name);
	if (value === undefined) throw new ShellError(`${path}: ${diagnostics[0]?.message ?? ""}`);
	return value;
}
