// Files in and out, for the command line.

import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { renderDiagnostic } from "../../engine/base/index.ts";
import { builtinHeaders, type Files } from "../../engine/cc/index.ts";
import {
	type Built,
	buildFile,
	needsTypes,
	parseConfig,
	parseSymbols,
	simulatedTypes,
	type Target,
	targetOf,
} from "../../engine/workbench/index.ts";
import { UsageError } from "./arguments.ts";

export function readBytes(path: string): Uint8Array {
	try {
		return new Uint8Array(readFileSync(path === "-" ? 0 : path));
	} catch (error) {
		throw new UsageError(`${path}: ${error instanceof Error ? error.message : "cannot be read"}`);
	}
}

export function writeBytes(path: string, bytes: Uint8Array): void {
	try {
		if (path === "-") process.stdout.write(bytes);
		else writeFileSync(path, bytes);
	} catch (error) {
		throw new UsageError(
			`${path}: ${error instanceof Error ? error.message : "cannot be written"}`,
		);
	}
}

/** Files as the compiler reads them: those of the disk, and its own headers. */
export function filesOnDisk(): Files {
	return {
		read(path) {
			try {
				return readFileSync(path, "utf8");
			} catch {
				return undefined;
			}
		},
		bytes(path) {
			try {
				return new Uint8Array(readFileSync(path));
			} catch {
				return undefined;
			}
		},
		builtin: builtinHeaders(),
	};
}

/** Options that say which kernel objects are loaded into. */
export const kernelOptions = ["--vmlinux", "--config", "--kallsyms"] as const;

/** The kernel that the options describe: the types in the file of `--vmlinux` (raw BTF, or an ELF file with it), with the
 *  configuration and the symbols that the others name. */
export function kernelOf(
	options: Readonly<Partial<Record<(typeof kernelOptions)[number], string>>>,
): Target | undefined {
	const { "--vmlinux": path, "--config": config, "--kallsyms": symbols } = options;
	if (path === undefined && (config !== undefined || symbols !== undefined))
		throw new UsageError("--config and --kallsyms need --vmlinux");
	return vmlinux(path, {
		...(config === undefined ? {} : parseConfig(unpacked(config))),
		...(symbols === undefined ? {} : { symbols: parseSymbols(unpacked(symbols)) }),
	});
}

/** The kernel of the options; without one the simulated kernel's types, when a file may need them. */
export async function kernelFor(
	options: Parameters<typeof kernelOf>[0],
	paths: readonly string[],
): Promise<Target | undefined> {
	return kernelOf(options) ?? (paths.some(needsTypes) ? simulatedTypes() : undefined);
}

/** The text of a file that may be packed by gzip. */
function unpacked(path: string): string {
	const bytes = readBytes(path);
	const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
	try {
		return Buffer.from(packed ? gunzipSync(bytes) : bytes).toString("utf8");
	} catch {
		throw new UsageError(`${path}: cannot be unpacked`);
	}
}

/** The kernel's types in the file that `--vmlinux` names: raw BTF, or an ELF file with it. */
export function vmlinux(path: string | undefined, facts?: Target["facts"]): Target | undefined {
	if (path === undefined) return undefined;
	const { value, diagnostics } = targetOf(readBytes(path), facts);
	if (!value) throw new UsageError(`${path}: ${diagnostics[0]?.message ?? "cannot be read"}`);
	return value;
}

/** Reads and builds a file; problems go to standard error, but for those called `known`. */
export function load(path: string, target?: Target, known?: string): Built {
	const bytes = readBytes(path);
	const built = buildFile(path, bytes, target, filesOnDisk());
	const source = built.source;
	for (const d of built.diagnostics)
		if (d.id !== known) process.stderr.write(`${renderDiagnostic(d, source)}\n`);
	return built;
}
