// The little network that generated traffic plays in: hosts with addresses, and specs of common packets between them.
import type { Random } from "../base/index.ts";
import { mustBuild } from "./build.ts";
import type { LayerSpec } from "./spec.ts";

export interface Host {
	readonly mac: string;
	readonly ipv4: string;
	readonly ipv6: string;
}

/** The host 10.0.0.`n`, fd00::`n` in hexadecimal, 02:00:00:00:00:`n`. */
export function host(n: number): Host {
	const hex = n.toString(16);
	return {
		mac: `02:00:00:00:00:${hex.padStart(2, "0")}`,
		ipv4: `10.0.0.${n}`,
		ipv6: `fd00::${hex}`,
	};
}

export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
	return list[random.below(list.length)] ?? list[0];
}

/** A client, 10.0.0.20 to 10.0.0.59. */
export function someClient(random: Random): Host {
	return host(20 + random.below(40));
}

export function ephemeralPort(random: Random): number {
	return 32768 + random.below(28232);
}

export function ethernetBetween(from: Host, to: Host): LayerSpec {
	return { layer: "eth", src: from.mac, dst: to.mac };
}

type Ipv4Spec = Extract<LayerSpec, { layer: "ip" }>;

export function ipv4Between(from: Host, to: Host, more: Omit<Ipv4Spec, "layer"> = {}): LayerSpec {
	return { layer: "ip", src: from.ipv4, dst: to.ipv4, dontFragment: 1, ...more };
}

export function ipv6Between(from: Host, to: Host): LayerSpec {
	return { layer: "ipv6", src: from.ipv6, dst: to.ipv6 };
}

/** `length` bytes of a repeating alphabet, as a person would recognize it in a dump. */
export function letters(length: number): LayerSpec {
	return {
		layer: "data",
		text: "abcdefghijklmnopqrstuvw".repeat(Math.ceil(length / 23)).slice(0, length),
	};
}

/** Pads a frame with zeros to Ethernet's least length of 60 bytes. */
export function minimumFrame(bytes: Uint8Array): Uint8Array {
	if (bytes.length >= 60) return bytes;
	const out = new Uint8Array(60);
	out.set(bytes);
	return out;
}

export function frame(...layers: readonly LayerSpec[]): Uint8Array {
	return minimumFrame(mustBuild(layers));
}

/** The options a Linux client sends with SYN. */
export function synOptions(value: number): LayerSpec & { readonly layer: "tcp" } {
	return {
		layer: "tcp",
		flags: "SYN",
		options: [
			{ kind: "mss", size: 1460 },
			{ kind: "sackPermitted" },
			{ kind: "timestamps", value, echo: 0 },
			{ kind: "noOperation" },
			{ kind: "windowScale", shift: 7 },
		],
	};
}
