// `skep gen skeleton`: the C header that loads an object with libbpf, or the TypeScript module that reaches its maps and globals.

import { headerName, skeletonHeader, skeletonModule } from "../../engine/skeleton/index.ts";
import { parseArguments, UsageError } from "./arguments.ts";
import { readBytes } from "./files.ts";

export function gen(args: readonly string[]): number {
	const { words, flags } = parseArguments(args, { flags: ["--ts"], words: [2, 4] });
	const [what, file = "", word, name = headerName(file)] = words;
	if (what !== "skeleton" || (word !== undefined && (word !== "name" || words.length < 4)))
		throw new UsageError("gen: skeleton FILE [name NAME] [--ts]");
	const make = flags.has("--ts") ? skeletonModule : skeletonHeader;
	const { value, diagnostics } = make(readBytes(file), name);
	if (value === undefined)
		throw new UsageError(`${file}: ${diagnostics[0]?.message ?? "cannot be read"}`);
	process.stdout.write(value);
	return 0;
}
