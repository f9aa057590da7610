// `ip link` and `ip addr`: the simulated devices, and what is attached to them, as iproute2 prints them.

import type { Device } from "../../kernel/index.ts";
import { formatIp, formatMac } from "../../net/index.ts";
import { ShellError, type TerminalHost } from "./host.ts";
import { toJson } from "./json.ts";
import { shortName } from "./tool.ts";

const objects = ["link", "addr", "address"] as const;
export const ipCommands: readonly string[] = ["link", "addr"];

export function ip(host: TerminalHost, words: readonly string[]): string {
	const json = words.some((w) => w === "-j" || w === "-json");
	const pretty = words.includes("-p");
	const rest = words.filter((w) => !w.startsWith("-"));
	const unknown = words.find((w) => w.startsWith("-") && !["-j", "-json", "-p", "-d"].includes(w));
	if (unknown) throw new ShellError(`Option "${unknown}" is unknown to Skep, try "ip link"`);
	const [object = "", ...more] = rest;
	const chosen = objects.find((o) => object !== "" && o.startsWith(object));
	if (!chosen)
		throw new ShellError(
			object === ""
				? "usage: ip { link | addr } [show [dev NAME]]"
				: `Object "${object}" is not supported by Skep, there are link and addr`,
		);
	const devices = select(host, more);
	const addresses = chosen !== "link";
	if (json)
		return `${toJson(
			devices.map((d) => fields(d, addresses)),
			pretty,
		)}\n`;
	return devices.map((d) => text(d, addresses)).join("");
}

function select(host: TerminalHost, words: readonly string[]): Device[] {
	const [verb = "show", ...rest] = words;
	const show = ["show", "list", "ls"].some((v) => v.startsWith(verb));
	if (!show) throw new ShellError(`ip: "${verb}" is not supported by Skep: devices are only shown`);
	const name = rest[0] === "dev" ? rest[1] : rest[0];
	const installation = host.installation();
	if (typeof installation === "string") throw new ShellError(installation);
	const { devices } = installation.kernel.machine;
	if (name === undefined) return devices.all();
	const device = devices.byName(name);
	if (!device) throw new ShellError(`Device "${name}" does not exist.`);
	return [device];
}

function flags(device: Device): string[] {
	return device.loopback
		? ["LOOPBACK", "UP", "LOWER_UP"]
		: ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"];
}

function fields(device: Device, addresses: boolean) {
	const { ifindex, name, mtu, mac, xdp } = device;
	return {
		ifindex,
		ifname: name,
		flags: flags(device),
		mtu,
		operstate: device.loopback ? "UNKNOWN" : "UP",
		link_type: device.loopback ? "loopback" : "ether",
		address: formatMac(mac),
		xdp: xdp ? { mode: 1, prog: { id: xdp.id, name: shortName(xdp.name), jited: 1 } } : undefined,
		addr_info: addresses ? device.addresses.map((a) => ({ local: formatIp(a) })) : undefined,
	};
}

function text(device: Device, addresses: boolean): string {
	const { ifindex, name, mtu, mac, loopback, xdp } = device;
	const state = loopback ? "qdisc noqueue state UNKNOWN" : "qdisc pfifo_fast state UP";
	const broadcast = loopback ? "00:00:00:00:00:00" : "ff:ff:ff:ff:ff:ff";
	const lines = [
		`${ifindex}: ${name}: <${flags(device).join(",")}> mtu ${mtu}${xdp ? " xdp" : ""} ${state} mode DEFAULT group default qlen 1000`,
		`    link/${loopback ? "loopback" : "ether"} ${formatMac(mac)} brd ${broadcast}`,
	];
	if (xdp) lines.push(`    prog/xdp id ${xdp.id} name ${shortName(xdp.name)} jited`);
	for (const [hook, programs] of [
		["ingress", device.tcIngress],
		["egress", device.tcEgress],
	] as const)
		for (const p of programs) lines.push(`    tc/${hook} id ${p.id} name ${shortName(p.name)}`);
	if (addresses)
		for (const a of device.addresses)
			lines.push(`    ${a.length === 4 ? "inet" : "inet6"} ${formatIp(a)} scope global ${name}`);
	return lines.map((l) => `${l}\n`).join("");
}
