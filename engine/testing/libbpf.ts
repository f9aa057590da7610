// What libbpf hands to Linux for an object: libbpf.c is built with the libbpf that is installed and asked. Rows as its head says.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

/** One line of the tool; which fields there are tells what it is about. */
export interface LibbpfRow {
	readonly libbpf?: string;
	readonly file?: string;
	readonly map?: string;
	readonly prog?: string;
	readonly update?: string;
	readonly fail?: string;
	/** Bytes in hexadecimal. */
	readonly btf?: string;
	readonly insns?: string;
	readonly func_info?: string;
	readonly line_info?: string;
	readonly value?: string;
	readonly section?: string;
	readonly license?: string;
	readonly maps?: readonly string[];
	readonly type?: number;
	readonly attach?: number;
	readonly flags?: number;
	readonly attach_btf_id?: number;
	readonly key?: number | string;
	readonly max?: number;
	readonly extra?: number;
	readonly btf_key?: number;
	readonly btf_value?: number;
	readonly btf_vmlinux_value?: number;
	readonly numa?: number;
	readonly errno?: number;
}

/** Files that take the place of the running kernel's. */
export interface LibbpfKernel {
	/** Raw `.BTF` bytes. */
	readonly btf: string;
	readonly config: string;
	readonly symbols: string;
}

const here = import.meta.dirname;
const cache = join(here, "../../.cache");

/** Builds the tool when its source is newer; the reason when it cannot be had. */
function build(): { path: string } | { reason: string } {
	if (process.platform !== "linux" || process.arch !== "x64") return { reason: "not Linux on x64" };
	const source = join(here, "libbpf.c");
	const path = join(cache, "libbpf-says");
	if (existsSync(path) && statSync(path).mtimeMs > statSync(source).mtimeMs) return { path };
	mkdirSync(cache, { recursive: true });
	const made = `${path}.${process.pid}`;
	try {
		execFileSync("cc", ["-O2", "-o", made, source, "-lbpf", "-lelf", "-lz"], { stdio: "pipe" });
	} catch {
		return { reason: "no C compiler with libbpf, libelf and zlib" };
	}
	renameSync(made, path);
	return { path };
}

/** Asks libbpf about objects. The first row names its version. */
export function askLibbpf(
	objects: readonly string[],
	kernel: LibbpfKernel,
): { readonly rows: readonly LibbpfRow[] } | { readonly reason: string } {
	const tool = build();
	if ("reason" in tool) return tool;
	const files = ["--btf", kernel.btf, "--config", kernel.config, "--kallsyms", kernel.symbols];
	let out: string;
	try {
		const limits = { maxBuffer: 1 << 28, timeout: 60_000 };
		out = execFileSync(tool.path, [...files, ...objects], { encoding: "utf8", ...limits });
	} catch (error) {
		return {
			reason: `libbpf fails: ${error instanceof Error ? error.message.split("\n")[0] : ""}`,
		};
	}
	const lines = out.split("\n").filter((line) => line !== "");
	return { rows: lines.map((line): LibbpfRow => JSON.parse(line)) };
}
