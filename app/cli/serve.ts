// `skep serve`: one JSON request a line on standard input, one answer a line on standard output, in order.

import { createInterface } from "node:readline";
import { Server } from "../../engine/workbench/index.ts";
import { parseArguments } from "./arguments.ts";
import { vmlinux } from "./files.ts";

export async function serve(args: readonly string[]): Promise<number> {
	const { options } = parseArguments(args, { options: ["--vmlinux"], words: [0, 0] });
	const target = vmlinux(options["--vmlinux"]);
	const server = new Server(target ? { target } : {});
	// A reader that has gone away ends the session.
	let closed = false;
	process.stdout.on("error", () => {
		closed = true;
	});
	for await (const line of createInterface({
		input: process.stdin,
		crlfDelay: Number.POSITIVE_INFINITY,
	})) {
		const answer = server.answer(line);
		if (closed) break;
		if (answer !== undefined && !process.stdout.write(`${answer}\n`)) await drained();
	}
	return 0;
}

/** Waits until standard output takes more, or nobody reads it. */
function drained(): Promise<void> {
	return new Promise((resolve) => {
		const { stdout } = process;
		const settle = () => {
			stdout.off("drain", settle);
			stdout.off("error", settle);
			resolve();
		};
		stdout.once("drain", settle);
		stdout.once("error", settle);
	});
}
