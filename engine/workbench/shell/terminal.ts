// The terminal: one line → what is printed. Nothing throws for what was typed. `clear` is the page's own.

import { fromUtf8 } from "../../base/index.ts";
import { bpftool, bpftoolCommands } from "./bpftool.ts";
import { fileNames, OUT, readFile } from "./files.ts";
import { ShellError, type TerminalHost } from "./host.ts";
import { ip, ipCommands } from "./ip.ts";
import { skep, skepCommands } from "./skep.ts";
import { tcpdump } from "./tcpdump.ts";
import { nearest, splitWords } from "./words.ts";

interface Command {
	readonly usage: string;
	/** What it does, in a few words. */
	readonly does: string;
	/** More lines of `help COMMAND`. */
	readonly more?: string;
	readonly run: (host: TerminalHost, words: readonly string[]) => string | Promise<string>;
}

const TRACE_PIPES = ["/sys/kernel/tracing/trace_pipe", "/sys/kernel/debug/tracing/trace_pipe"];
/** Most bytes of a file that `cat` prints. */
const MOST_TEXT = 1 << 20;

const commands: Readonly<Record<string, Command>> = {
	help: { usage: "help [COMMAND]", does: "what there is", run: help },
	run: {
		usage: "run [PROGRAM]",
		does: "put the scenario's packets through a program",
		run: runScenario,
	},
	reset: { usage: "reset", does: "fresh maps, filled from the scenario", run: reset },
	skep: {
		usage: "skep check|run|asm|disasm …",
		does: "the command line on the project's files",
		run: skep,
		more: "skep help lists the options.\n",
	},
	bpftool: {
		usage: "bpftool prog|map|btf|feature|net …",
		does: "programs and maps of the simulated kernel",
		run: bpftool,
		more: `  bpftool prog show                           programs that the verifier accepts
  bpftool prog dump xlated name NAME          instructions
  bpftool prog dump jited name NAME           the WebAssembly that they are compiled to
  bpftool prog run name NAME data_in packets/1 data_out -
  bpftool map show | dump name NAME
  bpftool map update name NAME key 1 0 0 0 value hex 2a 00 00 00
  bpftool map lookup | delete | getnext name NAME key 1 0 0 0
  -j and -p print JSON.
`,
	},
	trace_pipe: {
		usage: "trace_pipe",
		does: "what bpf_printk has written",
		run: (host, words) => {
			none("trace_pipe", words);
			return tracePipe(host);
		},
	},
	ip: { usage: "ip link | addr", does: "devices, and what is attached to them", run: ip },
	tcpdump: {
		usage: `tcpdump [-r FILE] [-c N] [-ex#]`,
		does: `packets of a capture; ${OUT} is what came out`,
		run: tcpdump,
	},
	ls: { usage: "ls", does: "files: the project's, packets, captures", run: list },
	cat: { usage: "cat FILE", does: "a file as text; trace_pipe too", run: cat },
	echo: { usage: "echo WORDS", does: "the words", run: (_, words) => `${words.join(" ")}\n` },
	clear: { usage: "clear", does: "an empty screen", run: () => "" },
};

/** What a line prints. Errors are part of it. */
export async function execute(line: string, host: TerminalHost): Promise<string> {
	let name = "";
	try {
		const [first, ...words] = splitWords(line);
		if (first === undefined) return "";
		name = first;
		const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
		return command ? await command.run(host, words) : unknown(name);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (error instanceof ShellError)
			return `${name === "" ? "" : `${name}: `}${message.replace(/\n$/, "")}\n`;
		return `Skep has a bug: ${message}\n`;
	}
}

function unknown(name: string): string {
	const near = nearest(name, Object.keys(commands));
	return `${name}: command not found${near === undefined ? ", help lists what there is" : `, did you mean ${near}?`}\n`;
}

function help(_: TerminalHost, words: readonly string[]): string {
	const [name] = words;
	if (name === undefined) {
		const width = Math.max(...Object.values(commands).map((c) => c.usage.length));
		return Object.values(commands)
			.map((c) => `  ${c.usage.padEnd(width)}  ${c.does}\n`)
			.join("");
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) return unknown(name);
	return `${command.usage}\n  ${command.does}\n${command.more ?? ""}`;
}

function none(name: string, words: readonly string[]): void {
	if (words.length > 0) throw new ShellError(`${name} takes no words, got ${words[0]}`);
}

function tracePipe(host: TerminalHost): string {
	const installation = host.installation();
	if (typeof installation === "string") throw new ShellError(installation);
	return installation.kernel.machine.trace.map((line) => `${line}\n`).join("");
}

function list(host: TerminalHost, words: readonly string[]): string {
	none("ls", words);
	return fileNames(host)
		.map((name) => `${name}\n`)
		.join("");
}

function cat(host: TerminalHost, words: readonly string[]): string {
	if (words.length === 0) throw new ShellError("which file? ls lists them");
	return words
		.map((path) => {
			if (TRACE_PIPES.includes(path)) return tracePipe(host);
			const bytes = readFile(host, path);
			if (bytes.includes(0))
				throw new ShellError(`${path} is not text: tcpdump or bpftool reads it`);
			if (bytes.length > MOST_TEXT) throw new ShellError(`${path} is too long to print`);
			return fromUtf8(bytes);
		})
		.join("");
}

async function runScenario(host: TerminalHost, words: readonly string[]): Promise<string> {
	const [name = host.project()?.program ?? host.object()?.programs[0]?.name] = words;
	if (name === undefined) throw new ShellError("nothing is built");
	if (!host.object()?.programs.some((p) => p.name === name))
		throw new ShellError(`no program ${name}`);
	const verdict = host.verdict(name);
	if (verdict.kind === "rejected") return `${name} is rejected: ${verdict.message}\n`;
	if (verdict.kind === "unsupported") return `${name}: not supported by Skep: ${verdict.what}\n`;
	const reply = await host.run(name);
	const lines = reply.results.map((r) => {
		const outcome = r.trap ? `trap: ${r.trap.message}` : r.action;
		return `packet ${r.index + 1}: ${outcome}${r.out === undefined ? "" : ` by ${r.out}`}\n`;
	});
	const counts = Object.entries(reply.counts).map(([action, n]) => `${action} ${n}`);
	const stopped = reply.stopped ? "stopped\n" : "";
	return `${lines.join("")}${counts.join(", ")}\n${stopped}`;
}

async function reset(host: TerminalHost, words: readonly string[]): Promise<string> {
	none("reset", words);
	await host.reset();
	return "";
}

/** What may stand in place of the last word of a line. */
export interface Completions {
	/** Where that word begins. */
	readonly from: number;
	readonly words: readonly string[];
}

export function completions(line: string, host: TerminalHost): Completions {
	const from = line.search(/\S*$/);
	const before = line.slice(0, from).split(/\s+/).filter(Boolean);
	const begun = line.slice(from);
	const words = candidates(before, host).filter((w) => w.startsWith(begun) && w !== begun);
	return { from, words: [...new Set(words)].sort() };
}

function candidates(before: readonly string[], host: TerminalHost): readonly string[] {
	const [name, ...words] = before;
	const plain = words.filter((w) => !w.startsWith("-"));
	if (name === undefined) return Object.keys(commands);
	if (name === "help") return Object.keys(commands);
	if (name === "run") return host.object()?.programs.map((p) => p.name) ?? [];
	if (name === "bpftool") return bpftoolWords(plain, host);
	if (name === "skep") return plain.length === 0 ? skepCommands : skepWords(words, host);
	if (name === "ip") return plain.length === 0 ? ipCommands : [];
	if (name === "tcpdump") return words.at(-1) === "-r" ? fileNames(host) : ["-r", "-c"];
	if (name === "cat") return [...fileNames(host), TRACE_PIPES[0] ?? ""];
	return [];
}

function skepWords(words: readonly string[], host: TerminalHost): readonly string[] {
	if (words.at(-1) === "--prog") return host.object()?.programs.map((p) => p.name) ?? [];
	if (words.at(-1) === "--pcap") return fileNames(host).filter((f) => f.endsWith(".pcap"));
	const options = ["--prog", "--type", "--log-level", "--packet", "--pcap", "--syntax", "--json"];
	return [...(host.project()?.files.map((f) => f.path) ?? []), ...options];
}

function bpftoolWords(words: readonly string[], host: TerminalHost): readonly string[] {
	const [object, command] = words;
	if (object === undefined) return Object.keys(bpftoolCommands);
	if (command === undefined) return bpftoolCommands[object] ?? [];
	const last = words.at(-1);
	if (last === "name") {
		const built = host.object();
		return ((object === "map" ? built?.maps : built?.programs) ?? []).map((x) => x.name);
	}
	if (last === "data_in" || last === "ctx_in") return fileNames(host);
	if (object === "prog" && words.length === 2 && command === "dump") return ["xlated", "jited"];
	const head = object === "prog" && command === "dump" ? 3 : 2;
	if (words.length === head) return ["id", "name"];
	if (object === "prog" && command === "run") return ["data_in", "data_out", "ctx_in", "repeat"];
	if (object === "map" && words.length === head + 2) return ["key", "value"];
	return [];
}
