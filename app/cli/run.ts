// `skep run`: loads an object, runs one program on a packet or a capture, and says what came out.

import { fromHex, toHex } from "../../engine/base/index.ts";
import { captureFromBytes, readCapture, writePcap } from "../../engine/net/index.ts";
import {
	type FileRunAnswer,
	type FileRunPacket,
	judge,
	runFile,
} from "../../engine/workbench/index.ts";
import { numberOption, parseArguments, UsageError } from "./arguments.ts";
import { pick } from "./assembly.ts";
import { programType } from "./check.ts";
import { kernelFor, kernelOptions, load, readBytes, writeBytes } from "./files.ts";

const accepts = {
	flags: ["--json"],
	options: [
		"--prog",
		"--type",
		"--packet",
		"--pcap",
		"--out",
		"--ctx",
		"--repeat",
		"--engine",
		...kernelOptions,
	],
	words: [1, 1],
} as const;

export async function run(args: readonly string[]): Promise<number> {
	const { words, flags, options } = parseArguments(args, accepts);
	const engine = options["--engine"] ?? "jit";
	if (engine !== "jit" && engine !== "vm") throw new UsageError("--engine: jit or vm was expected");
	const target = await kernelFor(options, words);
	const { object } = load(words[0] ?? "", target);
	const program = pick(object?.programs, options["--prog"]);
	if (!object || !program) return 2;
	const type = options["--type"] === undefined ? program.type : programType(options["--type"]);
	if (type === undefined)
		throw new UsageError(`--type is needed: section ${program.section} names no program type`);
	const kernel = target ? { kernel: target.btf } : {};
	const verdict = judge(object, program, { type, logLevel: 1, ...kernel });
	if (verdict.unsupported !== undefined)
		return complain(2, `not supported by Skep: ${verdict.unsupported}`);
	if (!verdict.ok) return complain(1, `rejected (${verdict.err}): ${verdict.message}`);
	const answer = runFile(object, {
		program: program.name,
		type,
		engine,
		packets: packetsOf(options),
		...(options["--ctx"] === undefined ? {} : { context: hex(options["--ctx"], "--ctx") }),
		repeat: numberOption(options["--repeat"] ?? "1", "--repeat", 1, 1_000_000_000),
	});
	if ("message" in answer) return complain(2, answer.message);
	if (options["--out"] !== undefined)
		writeBytes(options["--out"], writePcap(captureFromBytes(answer.packets.map((p) => p.data))));
	process.stdout.write(flags.has("--json") ? json(answer) : text(answer));
	return answer.packets.some((p) => p.trap || p.error) ? 1 : 0;
}

function complain(status: number, message: string): number {
	process.stderr.write(`skep run: ${message}\n`);
	return status;
}

function hex(digits: string, option: string): Uint8Array {
	const bytes = fromHex(digits);
	if (!bytes) throw new UsageError(`${option}: hexadecimal bytes were expected`);
	return bytes;
}

function packetsOf(options: Readonly<Record<string, string>>): Uint8Array[] {
	const { "--packet": packet, "--pcap": pcap } = options;
	if (packet !== undefined && pcap !== undefined) throw new UsageError("either --packet or --pcap");
	if (packet !== undefined) return [hex(packet, "--packet")];
	if (pcap === undefined) return [new Uint8Array(options["--ctx"] === undefined ? 64 : 0)];
	const { value, diagnostics } = readCapture(readBytes(pcap));
	if (!value) throw new UsageError(`${pcap}: ${diagnostics[0]?.message ?? "cannot be read"}`);
	return value.packets.map((p) => p.bytes);
}

function packetFields(p: FileRunPacket) {
	return {
		retval: p.retval,
		...(p.action === undefined ? {} : { action: p.action }),
		data_out: toHex(p.data),
		...(p.context ? { ctx_out: toHex(p.context) } : {}),
		ns_per_run: p.nsPerRun,
		...(p.error === undefined ? {} : { error: p.error }),
		...(p.trap ? { trap: p.trap.message, pc: p.trap.pc } : {}),
		...(p.trap?.unsupported === undefined ? {} : { unsupported: p.trap.unsupported }),
	};
}

function json(answer: FileRunAnswer): string {
	const maps = answer.maps.map((m) => ({
		map: m.map,
		key: toHex(m.key),
		value: m.value ? toHex(m.value) : null,
	}));
	const lines = [...answer.packets.map(packetFields), ...(maps.length ? [{ maps }] : [])];
	return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function text(answer: FileRunAnswer): string {
	const packets = answer.packets.map((p, i) => {
		const head = `packet ${i + 1}: `;
		if (p.trap?.unsupported !== undefined)
			return `${head}not supported by Skep: ${p.trap.unsupported}\n`;
		if (p.trap) return `${head}trap at insn ${p.trap.pc}: ${p.trap.message}\n`;
		if (p.error !== undefined) return `${head}${p.error}\n`;
		return `${head}${p.action ?? p.retval}, ${p.data.length} bytes, ${p.nsPerRun} ns\n  ${toHex(p.data)}\n`;
	});
	const maps = answer.maps.map(
		(m) => `map ${m.map}: ${toHex(m.key)} ${m.value ? `= ${toHex(m.value)}` : "is gone"}\n`,
	);
	return [...packets, ...maps].join("");
}
