// Bundles TypeScript of this tree into one file that Node runs.
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { raw } from "./raw.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes `input`, with all that it imports but `external`, to `.cache/NAME.mjs` and gives the file's URL. */
export async function bundle(name, input, external = [/^node:/]) {
	const file = `${root}.cache/${name}.mjs`;
	const made = await rolldown({ input, platform: "node", plugins: [raw], external });
	await made.write({ file, format: "esm", codeSplitting: false });
	await made.close();
	return pathToFileURL(file).href;
}

/** Bundles `input`, a path from the tree's root, and loads it; paths of the tree count from its root from here on. */
export async function load(name, input) {
	const url = await bundle(name, `${root}${input}`);
	process.chdir(root);
	// The kernel harness does not keep the process alive by itself.
	setInterval(() => {}, 1000);
	return import(url);
}
