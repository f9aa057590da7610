// `bpftool prog`: what programs there are, their instructions, test runs.

import { helperById, progType } from "../../abi/index.ts";
import { type Btf, decodeBtf } from "../../btf/index.ts";
import { decode, INSN_SIZE, type KernelNames, LD_IMM64, printInsn } from "../../isa/index.ts";
import { errorText, hexList } from "./bytes.ts";
import { prototypeText } from "./ctype.ts";
import { readFile } from "./files.ts";
import { ShellError } from "./host.ts";
import type { Value } from "./json.ts";
import { choose, type SubCommands, Usage, usage } from "./table.ts";
import { type KernelProgram, shortName, type Tool } from "./tool.ts";

const PAGE = 4096;
/** struct bpf_prog before its instructions. */
const PROGRAM_HEAD = 72;
const COMPATIBLE = [
	"GPL",
	"GPL v2",
	"GPL and additional rights",
	"Dual BSD/GPL",
	"Dual MIT/GPL",
	"Dual MPL/GPL",
];

const commands: SubCommands = {
	show: { usage: ["{ show | list } [PROG]"], run: show },
	list: { usage: [], run: show },
	dump: {
		usage: ["dump xlated PROG [{ opcodes | linum }]", "dump jited  PROG"],
		run: dump,
	},
	run: {
		usage: [
			"run PROG data_in FILE [data_out -] [data_size_out L] [ctx_in FILE [ctx_out -]] [repeat N]",
		],
		run: testRun,
	},
	tracelog: { usage: ["tracelog"], run: (tool) => tracelog(tool) },
	...absent("pin", "load", "loadall", "attach", "detach", "profile"),
};

/** Commands of the real tool that Skep does not have, refused by name. */
export function absent(...names: string[]): SubCommands {
	return Object.fromEntries(
		names.map((name) => [
			name,
			{
				usage: [],
				run: () => {
					throw new ShellError(`'${name}' is not supported by Skep`);
				},
			},
		]),
	);
}

export function program(tool: Tool, words: string[]): string | Promise<string> {
	return choose("prog", commands, tool, words, "show");
}

export const programCommands = Object.keys(commands);

export function tracelog(tool: Tool): string {
	return tool.installation.kernel.machine.trace.map((line) => `${line}\n`).join("");
}

function show(tool: Tool, words: string[]): string {
	const one = words.length > 0;
	const wanted = one ? tool.selectPrograms(words) : tool.programs().there;
	if (words.length > 0) throw new Usage(usage("prog", commands));
	const facts = wanted.map((p) => factsOf(tool, p));
	if (tool.json) {
		const [first] = facts;
		if (one) return first ? tool.print(first.json) : "\n";
		return tool.print(facts.map((f) => f.json));
	}
	const missing = one ? [] : tool.programs().missing;
	const notes = missing.map((m) => `\x1b[2m# ${m.name} is not loaded: ${m.why}\x1b[0m\n`);
	return facts.map((f) => f.text).join("") + notes.join("");
}

function factsOf(tool: Tool, { spec, loaded, tag }: KernelProgram): { json: Value; text: string } {
	const type = progType(loaded.type)?.name ?? `${loaded.type}`;
	const name = shortName(spec.name);
	const { object, startOfTime } = tool.installation;
	const gpl = COMPATIBLE.includes(object.license);
	const used = [...new Set(spec.relocations.map((r) => r.map))];
	const mapIds = used.map((index) => loaded.maps[index]?.id ?? 0).sort((a, b) => a - b);
	const compiled = tool.installation.load(spec.name, "jit");
	const jited = "id" in compiled ? jitedBytes(compiled.runner) : undefined;
	const seconds = Math.floor(startOfTime / 1e9);
	const memlock = Math.ceil((PROGRAM_HEAD + spec.insns.length) / PAGE) * PAGE;
	const ids = mapIds.length ? `  map_ids ${mapIds.join(",")}` : "";
	const btf = object.btf ? "\tbtf_id 1\n" : "";
	return {
		json: {
			id: loaded.id,
			type,
			name: name || undefined,
			tag,
			gpl_compatible: gpl,
			loaded_at: seconds,
			uid: 0,
			bytes_xlated: spec.insns.length,
			jited: jited !== undefined,
			bytes_jited: jited,
			bytes_memlock: memlock,
			map_ids: mapIds.length ? mapIds : undefined,
			btf_id: object.btf ? 1 : undefined,
		},
		text:
			`${loaded.id}: ${type}${name ? `  name ${name}` : ""}  tag ${tag}${gpl ? "  gpl" : ""}\n` +
			`\tloaded_at ${new Date(1000 * seconds).toISOString().slice(0, 19)}+0000  uid 0\n` +
			`\txlated ${spec.insns.length}B  ${jited === undefined ? "not jited" : `jited ${jited}B`}  memlock ${memlock}B${ids}\n${btf}`,
	};
}

/** Bytes of WebAssembly; undefined for programs that the interpreter runs. */
function jitedBytes(runner: object): number | undefined {
	return "bytes" in runner && runner.bytes instanceof Uint8Array ? runner.bytes.length : undefined;
}

function dump(tool: Tool, words: string[]): string {
	const what = words.shift();
	if (what === undefined || words.length < 2) throw new Usage(usage("prog", commands));
	const kind = ["xlated", "jited"].find((k) => k.startsWith(what));
	if (!kind) throw new ShellError(`expected 'xlated' or 'jited', got: ${what}`);
	const { there } = tool.programs();
	const chosen = tool.selectPrograms(words);
	const flags = new Set(words);
	for (const flag of flags)
		if (flag !== "opcodes" && flag !== "linum")
			throw flag === "file" || flag === "visual"
				? new ShellError(`'${flag}' is not supported by Skep`)
				: new Usage(usage("prog", commands));
	const [first] = chosen;
	if (!first) return "";
	if (kind === "jited") return jited(tool, first);
	const rows = chosen.map((p) => xlated(tool, p, flags.has("linum")));
	if (tool.json)
		return tool.print(
			rows
				.flat()
				.flatMap((row) =>
					"pc" in row
						? [{ disasm: row.text, opcodes: flags.has("opcodes") ? hexList(row.bytes) : undefined }]
						: [],
				),
		);
	const heads = there.length > 1 && chosen.length > 1;
	return rows
		.map((r, i) => (heads ? `${chosen[i]?.loaded.id}:\n` : "") + rowsText(r, flags.has("opcodes")))
		.join("\n");
}

type Row =
	| { readonly pc: number; readonly text: string; readonly bytes: Uint8Array }
	| { readonly comment: string };

function rowsText(rows: readonly Row[], opcodes: boolean): string {
	return rows
		.map((row) => {
			if (!("pc" in row)) return `${row.comment}\n`;
			const code = [...row.bytes].map((b) => b.toString(16).padStart(2, "0")).join(" ");
			return `${`${row.pc}`.padStart(4)}: ${row.text}\n${opcodes ? `       ${code}\n` : ""}`;
		})
		.join("");
}

/** The instructions as they were loaded: Skep runs them as they are, Linux rewrites some. */
function xlated(tool: Tool, { spec, loaded }: KernelProgram, linum: boolean): Row[] {
	const { object } = tool.installation;
	const btf = object.btf ? decodeBtf(object.btf).value : undefined;
	const code = decode(spec.insns);
	const places = new Map(spec.relocations.map((r) => [r.insn, r]));
	const names: KernelNames = {
		helper: (id) => helperById(id)?.name.replace(/^(?!bpf_)/, "bpf_"),
		imm64: (_code, pc) => {
			const place = places.get(pc);
			if (!place) return undefined;
			const id = loaded.maps[place.map]?.id ?? 0;
			return place.kind === "map" ? `map[id:${id}]` : `map[id:${id}][0]+${place.offset}`;
		},
	};
	const rows: Row[] = [];
	for (let pc = 0; pc < code.length; pc++) {
		if (btf) rows.push(...comments(btf, spec, pc, linum));
		const slots = code.opcode[pc] === LD_IMM64 ? 2 : 1;
		const bytes = spec.insns.subarray(pc * INSN_SIZE, (pc + slots) * INSN_SIZE);
		rows.push({ pc, text: printInsn(code, pc, names), bytes });
		pc += slots - 1;
	}
	return rows;
}

/** The head of the function that begins at `pc`, and its source line. */
function comments(btf: Btf, spec: KernelProgram["spec"], pc: number, linum: boolean): Row[] {
	const rows: Row[] = [];
	const head = spec.functions.find((f) => f.insn === pc && f.typeId > 0);
	if (head) rows.push({ comment: `${prototypeText(btf, head.typeId)}:` });
	for (const line of spec.lines.filter((l) => l.insn === pc)) {
		const text = btf.string(line.lineOff).trimStart();
		const place = ` [file:${btf.string(line.fileNameOff)} line_num:${line.lineCol >>> 10} line_col:${line.lineCol & 1023}]`;
		if (text) rows.push({ comment: `; ${text}${linum ? place : ""}` });
	}
	return rows;
}

function jited(tool: Tool, { spec }: KernelProgram): string {
	const program = tool.installation.load(spec.name, "jit");
	if (!("id" in program)) throw new ShellError(program.message);
	const { runner } = program;
	if (!("listing" in runner)) throw new ShellError("the program runs in the interpreter");
	const { size, functions } = (runner as ReturnType<typeof tool.installation.jit.load>).listing();
	if (tool.json)
		return tool.print(
			functions.map((f) => ({
				name: f.name,
				insns: f.lines.map((l) => ({ pc: l.pc < 0 ? null : l.pc, operation: l.text })),
			})),
		);
	const head = `; ${size} bytes of WebAssembly: Skep compiles to it where Linux compiles to machine code\n`;
	return (
		head +
		functions
			.map((f) => {
				let last = -1;
				const lines = f.lines.map(({ pc, depth, text }) => {
					const at = pc >= 0 && pc !== last ? `${pc}:` : "";
					last = pc;
					return `${at.padStart(5)} ${"  ".repeat(depth)}${text}\n`;
				});
				return `${f.name}:\n${lines.join("")}`;
			})
			.join("\n")
	);
}

function testRun(tool: Tool, words: string[]): string {
	if (words.length < 4)
		throw new ShellError(`'run' needs at least 4 arguments, ${words.length} found`);
	const { loaded } = tool.takeProgram(words);
	const asked = readRun(tool, words);
	const result = tool.installation.kernel.testRun(loaded, asked.request, () => performance.now());
	if (result.trap) throw new ShellError(`the program faulted: ${result.trap.message}`);
	if (result.errno !== 0) throw new ShellError(`failed to run program: ${errorText(result.errno)}`);
	const { retval = 0, durationNs = 0, dataOut, contextOut } = result;
	const outs = {
		data_out: asked.dataOut ? dataOut : undefined,
		ctx_out: asked.contextOut ? contextOut : undefined,
	};
	if (tool.json)
		return tool.print({
			data_out: outs.data_out && [...outs.data_out],
			ctx_out: outs.ctx_out && [...outs.ctx_out],
			retval,
			duration: durationNs,
		});
	const dumps = [outs.data_out, outs.ctx_out].map((bytes) => (bytes ? dumpText(bytes) : ""));
	const mean = (asked.request.repeat ?? 1) > 1 ? "duration (average)" : "duration";
	return `${dumps.join("")}Return value: ${retval}, ${mean}: ${durationNs}ns\n`;
}

interface RunWords {
	readonly request: Parameters<Tool["installation"]["kernel"]["testRun"]>[1];
	readonly dataOut: boolean;
	readonly contextOut: boolean;
}

function readRun(tool: Tool, words: string[]): RunWords {
	const options: Record<string, string> = {};
	const known = [
		"data_in",
		"data_out",
		"data_size_out",
		"ctx_in",
		"ctx_out",
		"ctx_size_out",
		"repeat",
	];
	while (words.length > 0) {
		const word = words.shift() ?? "";
		const name = known.find((k) => k === word);
		const value = words.shift();
		if (!name)
			throw new ShellError(
				`expected no more arguments, 'data_in', 'data_out', 'data_size_out', 'ctx_in', 'ctx_out', 'ctx_size_out' or 'repeat', got: '${word}'?`,
			);
		if (value === undefined) throw new ShellError(`'${name}' needs an argument`);
		options[name] = value;
	}
	for (const name of ["data_out", "ctx_out"])
		if (options[name] !== undefined && options[name] !== "-")
			throw new ShellError(`${name} ${options[name]}: only - is supported by Skep`);
	const number = (name: string, what: string) => {
		const text = options[name];
		if (text !== undefined && !/^\d+$/.test(text))
			throw new ShellError(`can't parse ${text} as ${what}`);
		return text === undefined ? undefined : Number(text);
	};
	const size = number("data_size_out", "output data size");
	const contextSize = number("ctx_size_out", "output context size");
	const repeat = number("repeat", "repeat number");
	return {
		request: {
			...(options["data_in"] === undefined
				? {}
				: { data: readFile(tool.host, options["data_in"]) }),
			...(options["ctx_in"] === undefined
				? {}
				: { context: readFile(tool.host, options["ctx_in"]) }),
			...(size === undefined ? {} : { dataOutSize: size }),
			...(contextSize === undefined ? {} : { contextOutSize: contextSize }),
			...(repeat === undefined ? {} : { repeat }),
		},
		dataOut: options["data_out"] !== undefined,
		contextOut: options["ctx_out"] !== undefined,
	};
}

/** bpftool's dump of what came out: offset, words of two bytes, printable characters. */
function dumpText(bytes: Uint8Array): string {
	let out = "";
	for (let at = 0; at < bytes.length; at += 16) {
		const row = [...bytes.subarray(at, at + 16)];
		let hex = "";
		let text = "";
		for (let i = 0; i < 16; i++) {
			const byte = row[i];
			hex += byte === undefined ? "  " : byte.toString(16).padStart(2, "0");
			if (i % 2 === 1) hex += " ";
			if (byte !== undefined) text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".";
			if (i === 7 && row.length > 7) text += " ";
		}
		out += `${at.toString(16).padStart(7, "0")}\t${hex}| ${text}\n`;
	}
	return out;
}
