// The child process that puts bpf(2) calls to the running kernel. Frames as described in harness.c; nothing here knows what
// a command means.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

/** Memory that an attribute points to: `offset` is where in the attribute its address goes. */
export interface CallBuffer {
	readonly offset: number;
	readonly bytes?: Uint8Array;
	/** Defaults to the length of `bytes`. */
	readonly size?: number;
	readonly echo?: "none" | "whole" | "text";
}

interface CallAnswer {
	/** The system call's result, negative on failure. */
	readonly result: number;
	readonly errno: number;
	readonly attr: Uint8Array;
	/** The echoed buffers, in order. */
	readonly buffers: readonly Uint8Array[];
}

/** A benchmark is bundled elsewhere; it is started at the root. */
const beside = import.meta.dirname;
const here = existsSync(join(beside, "harness.c")) ? beside : join(process.cwd(), "engine/testing");
const cache = join(here, "../../.cache");

/** Builds the harness when its source is newer. Returns its path, or the reason why it cannot be had. */
export function buildHarness(): { path: string } | { reason: string } {
	if (process.platform !== "linux") return { reason: "not Linux" };
	const source = join(here, "harness.c");
	const path = join(cache, "harness");
	if (existsSync(path) && statSync(path).mtimeMs > statSync(source).mtimeMs) return { path };
	mkdirSync(cache, { recursive: true });
	const made = `${path}.${process.pid}`;
	try {
		execFileSync("cc", ["-O2", "-o", made, source], { stdio: "pipe" });
	} catch {
		return { reason: "no C compiler" };
	}
	renameSync(made, path);
	return { path };
}

export class Harness {
	#child: ChildProcessWithoutNullStreams;
	#waiting: {
		size: number;
		echoes: number;
		resolve: (a: CallAnswer) => void;
		reject: (e: Error) => void;
	}[] = [];
	#received: Buffer[] = [];
	#length = 0;

	constructor(path: string) {
		this.#child = spawn(path, [], { stdio: "pipe" });
		this.#child.stdout.on("data", (part: Buffer) => this.#take(part));
		this.#child.on("exit", () => {
			for (const w of this.#waiting.splice(0)) w.reject(new Error("the kernel harness ended"));
		});
		this.#child.unref();
		for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr])
			if ("unref" in stream && typeof stream.unref === "function") stream.unref();
	}

	call(
		cmd: number,
		attr: Uint8Array,
		buffers: readonly CallBuffer[] = [],
		timeoutMs = 60000,
	): Promise<CallAnswer> {
		const head = Buffer.alloc(20);
		const parts: Uint8Array[] = [head, attr];
		for (const b of buffers) {
			const meta = Buffer.alloc(16);
			const given = b.bytes?.length ?? 0;
			meta.writeUInt32LE(b.offset, 0);
			meta.writeUInt32LE(b.size ?? given, 4);
			meta.writeUInt32LE(["none", "whole", "text"].indexOf(b.echo ?? "none"), 8);
			meta.writeUInt32LE(given, 12);
			parts.push(meta, ...(b.bytes ? [b.bytes] : []));
		}
		[0, cmd, timeoutMs, attr.length, buffers.length].forEach((v, i) => {
			head.writeUInt32LE(v, 4 * i);
		});
		const echoes = buffers.filter((b) => b.echo && b.echo !== "none").length;
		return new Promise((resolve, reject) => {
			this.#waiting.push({ size: attr.length, echoes, resolve, reject });
			this.#child.stdin.write(Buffer.concat(parts));
		});
	}

	close(): void {
		this.#child.stdin.end();
	}

	#take(part: Buffer): void {
		this.#received.push(part);
		this.#length += part.length;
		for (;;) {
			if (this.#length < 4) return;
			if ((this.#received[0]?.length ?? 0) < 4) this.#received = [Buffer.concat(this.#received)];
			const total = (this.#received[0]?.readUInt32LE(0) ?? 0) + 4;
			if (this.#length < total) return;
			const all = Buffer.concat(this.#received);
			this.#received = [all.subarray(total)];
			this.#length -= total;
			this.#answer(all.subarray(4, total));
		}
	}

	#answer(frame: Buffer): void {
		const waiting = this.#waiting.shift();
		if (!waiting) return;
		const buffers: Uint8Array[] = [];
		let at = 8 + waiting.size;
		for (let i = 0; i < waiting.echoes; i++) {
			const size = frame.readUInt32LE(at);
			buffers.push(new Uint8Array(frame.subarray(at + 4, at + 4 + size)));
			at += 4 + size;
		}
		waiting.resolve({
			result: frame.readInt32LE(0),
			errno: frame.readInt32LE(4),
			attr: new Uint8Array(frame.subarray(8, 8 + waiting.size)),
			buffers,
		});
	}
}
