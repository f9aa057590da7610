// `bpftool feature probe`: program types, map types and helpers of Linux 6.18 from the tables, with what Skep itself lacks.

import { allowed, helpers, mapTypes, programTypes } from "../../abi/index.ts";
import { newCode } from "../../isa/index.ts";
import { Kernel } from "../../kernel/index.ts";
import { verify } from "../../verifier/index.ts";
import { ShellError } from "./host.ts";
import { choose, type SubCommands } from "./table.ts";
import type { Tool } from "./tool.ts";

const LACKING = " (Linux 6.18; not supported by Skep)";

const commands: SubCommands = {
	probe: { usage: ["probe [kernel]"], run: probe },
	list_builtins: {
		usage: ["list_builtins { prog_types | map_types | helpers }"],
		run: builtins,
	},
};

export const featureCommands = Object.keys(commands);

export function feature(tool: Tool, words: string[]): string | Promise<string> {
	return choose("feature", commands, tool, words, "probe");
}

function probe(tool: Tool, words: string[]): string {
	const extra = words.filter((w) => w !== "kernel");
	if (extra.length) throw new ShellError(`'${extra[0]}' is not supported by Skep`);
	const kernel = new Kernel();
	const programs = programTypes.filter((t) => t.name !== "unspec");
	const maps = mapTypes.flatMap((t) => (t && t.name !== "unspec" ? [t] : []));
	const usable = (id: number) =>
		helpers.filter((h) => allowed(h.id, id)).map((h) => fullName(h.name));
	if (tool.json)
		return tool.print({
			program_types: Object.fromEntries(programs.map((t) => [`have_${t.name}_prog_type`, true])),
			map_types: Object.fromEntries(maps.map((t) => [`have_${t.name}_map_type`, true])),
			helpers: Object.fromEntries(
				programs.map((t) => [`${t.name}_available_helpers`, usable(t.id)]),
			),
		});
	const lacks = new Set(
		helpers.filter((h) => !kernel.helpers.has(h.id)).map((h) => fullName(h.name)),
	);
	return [
		"Skep's model of Linux 6.18\n",
		"Scanning eBPF program types...",
		...programs.map(
			(t) =>
				`eBPF program_type ${t.name} is available${judges(t.id, t.attachTypes?.[0]) ? "" : LACKING}`,
		),
		"\nScanning eBPF map types...",
		...maps.map((t) => `eBPF map_type ${t.name} is available${makes(kernel, t.id) ? "" : LACKING}`),
		"\nScanning eBPF helper functions...",
		...programs.flatMap((t) => [
			`eBPF helpers supported for program type ${t.name}:`,
			...usable(t.id).map((name) => `\t- ${name}${lacks.has(name) ? LACKING : ""}`),
		]),
		"",
	].join("\n");
}

function fullName(name: string): string {
	return name.startsWith("bpf_") ? name : `bpf_${name}`;
}

/** Whether the verifier has an answer for a program of this type. */
function judges(type: number, attach = 0): boolean {
	const code = newCode(2);
	code.opcode.set([0xb7, 0x95]);
	const report = verify({
		name: "",
		type,
		expectedAttachType: attach,
		flags: 0,
		license: "GPL",
		code,
		maps: [],
		functions: [],
		lines: [],
		attachBtfId: 0,
	});
	return report.unsupported === undefined;
}

/** Whether Skep has this kind of map: what is refused for its attributes is there. */
function makes(kernel: Kernel, type: number): boolean {
	const sizes = { keySize: 4, valueSize: type === 7 ? 8 : 4, maxEntries: 1 };
	const made = kernel.createMap({ name: "", type, flags: 0, ...sizes });
	return !("failure" in made) || made.failure.unsupported === undefined;
}

function builtins(tool: Tool, words: string[]): string {
	const groups: Readonly<Record<string, readonly string[]>> = {
		prog_types: programTypes.map((t) => t.name).filter((n) => n !== "unspec"),
		map_types: mapTypes.flatMap((t) => (t && t.name !== "unspec" ? [t.name] : [])),
		helpers: helpers.map((h) => fullName(h.name)),
	};
	const names = groups[words[0] ?? ""];
	if (!names)
		throw new ShellError(
			`expected one of ${Object.keys(groups).join(", ")}, got: '${words[0] ?? ""}'?`,
		);
	return tool.json ? tool.print(names) : names.map((n) => `${n}\n`).join("");
}
