// What libbpf finds out of the machine that it runs on: configuration, version, addresses of symbols. For tests only.

import { existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { gunzipSync } from "node:zlib";
import { type KernelProfile, simulatedKernel } from "../elf/index.ts";

const CONFIG = "/proc/config.gz";

/** The running kernel; what cannot be read is as in the simulated one. */
export function runningKernel(): KernelProfile {
	const [major = 6, minor = 18, patch = 0] = release().split(/[.-]/).map(Number);
	const common = {
		...simulatedKernel,
		version: (major << 16) | (minor << 8) | Math.min(patch, 255),
		symbols: symbols(),
	};
	if (!existsSync(CONFIG)) return common;
	const config: Record<string, string> = {};
	for (const line of gunzipSync(readFileSync(CONFIG)).toString().split("\n")) {
		const [, name, value] = /^(CONFIG_\w+)=(.*)$/.exec(line) ?? [];
		if (name !== undefined && value !== undefined) config[name] = value;
	}
	// libbpf asks by setting a kprobe.
	return { ...common, config, syscallWrapper: config["CONFIG_KPROBES"] === "y" };
}

function symbols(): Record<string, bigint> {
	const out: Record<string, bigint> = {};
	if (!existsSync("/proc/kallsyms")) return out;
	for (const line of readFileSync("/proc/kallsyms", "latin1").split("\n")) {
		const [address = "0", , name] = line.split(/\s+/);
		if (name) out[name] ??= BigInt(`0x${address}`);
	}
	return out;
}

/** Whether the kernel lists its variables among its symbols. */
export function listsVariables(kernel: KernelProfile): boolean {
	return kernel.config["CONFIG_KALLSYMS_ALL"] === "y";
}
