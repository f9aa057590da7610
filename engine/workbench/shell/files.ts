// The files that the terminal sees: those of the project, and the scenario's packets as packets/1, packets/2, …

import { fromHex, utf8 } from "../../base/index.ts";
import { decodeBase64Url } from "../base64url.ts";
import { captureOut } from "../out.ts";
import { ShellError, type TerminalHost } from "./host.ts";

/** The capture of what came out of the last run. */
export const OUT = "out.pcap";
/** The capture of what goes in. */
export const IN = "in.pcap";

export function fileNames(host: TerminalHost): string[] {
	const project = host.project();
	if (!project) return [];
	const packets = project.scenario.packets.map((_, i) => `packets/${i + 1}`);
	return [...project.files.map((f) => f.path), IN, OUT, ...packets];
}

export function readFile(host: TerminalHost, path: string): Uint8Array {
	const project = host.project();
	const file = project?.files.find((f) => f.path === path);
	if (file) return "text" in file ? utf8(file.text) : decodeBase64Url(file.base64);
	if (path === OUT) return captureOut(host.packetsOut());
	if (path === IN) return captureOut(packetsIn(host));
	const number = /^packets\/(\d+)$/.exec(path)?.[1];
	const packet = project?.scenario.packets[Number(number) - 1];
	if (number !== undefined && packet) return fromHex(packet.data) ?? new Uint8Array();
	throw new ShellError(`failed to open ${path}: No such file or directory`);
}

export function packetsIn(host: TerminalHost) {
	const packets = host.project()?.scenario.packets ?? [];
	return packets.map(({ data, device = "eth0", time = 0 }) => ({
		time,
		device,
		bytes: fromHex(data) ?? new Uint8Array(),
	}));
}
