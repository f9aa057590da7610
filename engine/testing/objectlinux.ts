// The running Linux as an oracle for BPF objects, by way of libbpf: a child process answers requests in the order in which they
// were put. Protocol in objects.c. For tests only; nothing is attached.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

export interface ObjectLoad {
	/** `ok`; `prog`: the verdict; `open`, `load`: libbpf gave up before; `crash`. */
	readonly stage: "ok" | "prog" | "open" | "load" | "crash";
	readonly errno: number;
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	readonly attach: number;
	readonly flags: number;
	/** libbpf's warnings. */
	readonly words: string;
	readonly log: string;
}

export interface ObjectAsk {
	readonly logLevel: number;
	readonly logSize: number;
	readonly set: number;
	readonly clear: number;
	/** Programs to load along. */
	readonly companions: readonly string[];
}

const beside = import.meta.dirname;
const here = existsSync(join(beside, "objects.c")) ? beside : join(process.cwd(), "engine/testing");
const cache = join(here, "../../.cache");

/** Builds the loader when its source is newer. LIBBPF names a directory with `include` and `libbpf.a` in place of the system's. */
function buildLoader(): { path: string } | { reason: string } {
	if (process.platform !== "linux") return { reason: "not Linux" };
	const own = process.env["LIBBPF"];
	const source = join(here, "objects.c");
	const path = join(cache, own ? `objects${own.replace(/[^A-Za-z0-9.]/g, "-")}` : "objects");
	if (existsSync(path) && statSync(path).mtimeMs > statSync(source).mtimeMs) return { path };
	mkdirSync(cache, { recursive: true });
	const made = `${path}.${process.pid}`;
	const library = own ? [`-I${own}/include`, `${own}/libbpf.a`] : ["-lbpf"];
	try {
		execFileSync("cc", ["-O2", "-o", made, source, ...library, "-lelf", "-lz"], { stdio: "pipe" });
	} catch {
		return { reason: "no C compiler, or no libbpf and libelf for development" };
	}
	renameSync(made, path);
	return { path };
}

export class ObjectLinux {
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #waiting: ((load: ObjectLoad) => void)[] = [];
	#received: Buffer[] = [];

	private constructor(path: string) {
		this.#child = spawn(path, [], { stdio: "pipe" });
		this.#child.stdout.on("data", (part: Buffer) => this.#take(part));
		this.#child.on("exit", () => {
			for (const resolve of this.#waiting.splice(0))
				resolve({ stage: "crash", errno: 0, type: 0, attach: 0, flags: 0, words: "", log: "" });
		});
	}

	static open(): { objects: ObjectLinux } | { reason: string } {
		const built = buildLoader();
		return "reason" in built ? built : { objects: new ObjectLinux(built.path) };
	}

	/** Names and sections of the file's programs. */
	async programs(file: string): Promise<{ name: string; section: string }[]> {
		const { log } = await this.#ask(["0", "0", "0", "0", file, "", ""]);
		return log
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => {
				const [name = "", section = ""] = line.split("\t");
				return { name, section };
			});
	}

	load(file: string, program: string, ask: ObjectAsk): Promise<ObjectLoad> {
		const { logLevel, logSize, set, clear } = ask;
		const numbers = [logLevel, logSize, set, clear].map(String);
		return this.#ask([...numbers, file, program, ask.companions.join(",")]);
	}

	end(): void {
		this.#child.stdin.end();
	}

	#ask(fields: readonly string[]): Promise<ObjectLoad> {
		return new Promise((resolve) => {
			this.#waiting.push(resolve);
			this.#child.stdin.write(`${fields.join("\t")}\n`);
		});
	}

	#take(part: Buffer): void {
		this.#received.push(part);
		if (this.#waiting.length === 0) return;
		const length = this.#received.reduce((sum, b) => sum + b.length, 0);
		const first = this.#received[0] as Buffer;
		const line = first.indexOf(10);
		if (line < 0) {
			if (this.#received.length > 1) {
				this.#received = [];
				this.#take(Buffer.concat([first, part]));
			}
			return;
		}
		const fields = first.toString("latin1", 0, line).split("\t");
		const [errno = 0, type = 0, attach = 0, flags = 0, words = 0, log = 0] = fields
			.slice(1)
			.map(Number);
		const end = line + 1 + words + log;
		if (length < end) return;
		const all = Buffer.concat(this.#received);
		this.#received = [];
		this.#waiting.shift()?.({
			stage: stages.find((s) => s === fields[0]) ?? "crash",
			errno,
			type,
			attach,
			flags,
			words: all.toString("latin1", line + 1, line + 1 + words),
			log: all.toString("latin1", line + 1 + words, end),
		});
		if (all.length > end) this.#take(all.subarray(end));
	}
}

const stages = ["ok", "prog", "open", "load", "crash"] as const;
