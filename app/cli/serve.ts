// `skep serve`: one JSON request a line on standard input, one answer a line on standard output, in order.

import { createInterface } from "node:readline";
import { Server } from "../../engine/workbench/index.ts";
import { parseArguments } from "./arguments.ts";

export async function serve(args: readonly string[]): Promise<number> {
	parseArguments(args, { words: [0, 0] });
	const server = new Server();
	for await (const line of createInterface({
		input: process.stdin,
		crlfDelay: Number.POSITIVE_INFINITY,
	})) {
		const answer = server.answer(line);
		if (answer !== undefined && !process.stdout.write(`${answer}\n`))
			await new Promise((resolve) => process.stdout.once("drain", resolve));
	}
	return 0;
}
