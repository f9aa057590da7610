// `npm run conformance -- FILE.jsonl`: puts raw programs to the running kernel and to the verifier and prints how far they agree.
import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const path = process.argv[2] && resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2]);
if (!path || !existsSync(path) || !path.endsWith(".jsonl")) {
	console.error("usage: npm run conformance -- FILE.jsonl (raw programs, one JSON object a line)");
	process.exit(2);
}
mkdirSync(`${root}.cache`, { recursive: true });
const out = `${root}.cache/conformance.mjs`;
const bundle = await rolldown({ input: `${root}engine/testing/report.ts`, platform: "node" });
await bundle.write({ file: out, format: "esm", codeSplitting: false });
await bundle.close();
// The kernel harness does not keep the process alive by itself.
setInterval(() => {}, 1000);
const { report } = await import(pathToFileURL(out).href);
for (const line of await report(path)) console.log(line);
process.exit(0);
