// bpftool over the simulated kernel: the objects and commands that Skep has, with the real tool's output; the rest is refused
// by name.

import { progType } from "../../abi/index.ts";
import type { Device } from "../../kernel/index.ts";
import { btf, btfCommands } from "./btf.ts";
import { feature, featureCommands } from "./feature.ts";
import { gen, genCommands } from "./gen.ts";
import { ShellError, type TerminalHost } from "./host.ts";
import { toJson } from "./json.ts";
import { map, mapCommands } from "./map.ts";
import { program, programCommands } from "./program.ts";
import { Usage } from "./table.ts";
import { Tool } from "./tool.ts";

const USAGE = `Usage: bpftool [OPTIONS] OBJECT { COMMAND | help }
       bpftool version

       OBJECT := { prog | map | btf | gen | feature | net }
       OPTIONS := { {-j|--json} [{-p|--pretty}] | {-V|--version} }
`;

type Run = (tool: Tool, words: string[]) => string | Promise<string>;

const objects: Readonly<Record<string, Run>> = {
	prog: program,
	map,
	btf,
	gen,
	feature,
	net,
	version,
};
const lacking = ["link", "cgroup", "perf", "struct_ops", "iter", "batch"];

/** Objects and their commands, for completion. */
export const bpftoolCommands: Readonly<Record<string, readonly string[]>> = {
	prog: programCommands,
	map: mapCommands,
	btf: btfCommands,
	gen: genCommands,
	feature: featureCommands,
	net: ["show"],
	version: [],
};

export async function bpftool(host: TerminalHost, words: readonly string[]): Promise<string> {
	const options = { json: false, pretty: false };
	const rest: string[] = [];
	for (const word of words) {
		if (word === "-j" || word === "--json") options.json = true;
		else if (word === "-p" || word === "--pretty") options.json = options.pretty = true;
		else if (word === "-V" || word === "--version") return version(new Tool(host, options));
		else if (word === "-d" || word === "--debug") continue;
		else if (/^-./.test(word)) return `Error: unrecognized option '${word}'\n${USAGE}`;
		else rest.push(word);
	}
	try {
		return await run(new Tool(host, options), rest);
	} catch (error) {
		if (!(error instanceof ShellError)) throw error;
		if (error instanceof Usage) return error.message;
		const { message } = error;
		return options.json ? `${toJson({ error: message }, options.pretty)}\n` : `Error: ${message}\n`;
	}
}

function run(tool: Tool, words: string[]): string | Promise<string> {
	const [object, ...rest] = words;
	if (object === undefined || object === "help") return USAGE;
	const name = Object.keys(objects).find((n) => n.startsWith(object));
	const chosen = name === undefined ? undefined : objects[name];
	if (chosen) return chosen(tool, rest);
	const absent = lacking.find((n) => n.startsWith(object));
	if (absent !== undefined) throw new ShellError(`'${absent}' is not supported by Skep`);
	throw new Usage(USAGE);
}

function version(tool: Tool): string {
	if (tool.json) return tool.print({ version: "Skep", features: { jit: "wasm" } });
	return "bpftool of Skep\nover a simulated Linux 6.18\n";
}

/** Programs attached to devices. */
function net(tool: Tool, words: string[]): string {
	const [word = "show"] = words;
	if (!"show".startsWith(word) && !"list".startsWith(word))
		throw new ShellError(`'${word}' is not supported by Skep`);
	const devices = tool.installation.kernel.machine.devices.all();
	const xdp = devices.flatMap((d) => (d.xdp ? [{ device: d, id: d.xdp.id }] : []));
	const tc = devices.flatMap(tcOf);
	if (tool.json)
		return tool.print([
			{
				xdp: xdp.map(({ device, id }) => ({ devname: device.name, ifindex: device.ifindex, id })),
				tc: tc.map(({ device, kind, name, id }) => ({
					devname: device.name,
					ifindex: device.ifindex,
					kind,
					name,
					id,
				})),
				flow_dissector: [],
			},
		]);
	const at = (d: Device) => `${d.name}(${d.ifindex})`;
	const one = xdp.map(({ device, id }) => `${at(device)} driver id ${id}\n`);
	const two = tc.map(({ device, kind, name, id }) => `${at(device)} ${kind} ${name} id ${id}\n`);
	return `xdp:\n${one.join("")}\ntc:\n${two.join("")}\nflow_dissector:\n\n`;
}

function tcOf(device: Device) {
	const hooks = [
		["clsact/ingress", device.tcIngress],
		["clsact/egress", device.tcEgress],
	] as const;
	return hooks.flatMap(([kind, programs]) =>
		programs.map(({ id, name, type }) => ({
			device,
			kind,
			id,
			name: name || (progType(type)?.name ?? ""),
		})),
	);
}
