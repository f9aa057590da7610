// `tcpdump -r FILE`: the packets of a capture, one line each: what came out of the last run, what goes in, or a capture of the
// project.

import {
	type CapturedPacket,
	dissect,
	formatHexDump,
	readCapture,
	summaryLine,
} from "../../net/index.ts";
import { OUT, readFile } from "./files.ts";
import { ShellError, type TerminalHost } from "./host.ts";

interface Options {
	readonly file: string;
	readonly count: number;
	readonly bytes: boolean;
	readonly link: boolean;
	readonly numbers: boolean;
}

export function tcpdump(host: TerminalHost, words: readonly string[]): string {
	const options = parse(words);
	const { value, diagnostics } = readCapture(readFile(host, options.file));
	if (!value) throw new ShellError(`${options.file}: ${diagnostics[0]?.message ?? "no capture"}`);
	const shown = value.packets.slice(0, options.count);
	const head = `reading from file ${options.file}, link-type EN10MB (Ethernet), snapshot length 262144\n`;
	return head + shown.map((p, i) => line(p, i, options)).join("");
}

function parse(words: readonly string[]): Options {
	const options = {
		file: OUT,
		count: Number.POSITIVE_INFINITY,
		bytes: false,
		link: false,
		numbers: false,
	};
	for (let i = 0; i < words.length; i++) {
		const word = words[i] ?? "";
		if (word === "-r") options.file = words[++i] ?? OUT;
		else if (word === "-c") options.count = Number(words[++i]);
		else if (/^-[nexXv#q]+$/.test(word)) {
			options.bytes ||= /[xX]/.test(word);
			options.link ||= word.includes("e");
			options.numbers ||= word.includes("#");
		} else if (word.startsWith("-"))
			throw new ShellError(`option ${word} is not supported by Skep, there are -r -c -e -n -x -#`);
		else throw new ShellError("filter expressions are not supported by Skep");
	}
	if (!(options.count >= 1)) throw new ShellError("-c needs a number of packets");
	return options;
}

function line(packet: CapturedPacket, index: number, options: Options): string {
	const { layers, summary } = dissect(packet.bytes);
	const number = options.numbers ? `${`${index + 1}`.padStart(5)}  ` : "";
	const [ethernet] = layers;
	const link =
		options.link && ethernet ? `${ethernet.summary}, length ${packet.originalLength}: ` : "";
	const length = options.link ? "" : `, length ${packet.originalLength}`;
	const dump = options.bytes ? `${formatHexDump(packet.bytes).replace(/^/gm, "\t")}\n` : "";
	return `${number}${time(packet)} ${link}${summaryLine(summary)}${length}\n${dump}`;
}

function time({ timestamp }: CapturedPacket): string {
	const { sec = 0, nsec = 0 } = timestamp ?? {};
	const two = (n: number) => `${n}`.padStart(2, "0");
	const clock = [Math.floor(sec / 3600) % 24, Math.floor(sec / 60) % 60, sec % 60]
		.map(two)
		.join(":");
	return `${clock}.${`${Math.floor(nsec / 1000)}`.padStart(6, "0")}`;
}
