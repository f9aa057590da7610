// `npm run bench -- NAME`: runs the benchmark NAME (`verifier`, `jit`, `keystroke`, …), or all. Each prints ratios measured in
// one run; none of them can fail a test. A benchmark is a file `NAME.bench.ts` that exports `run(): Promise<string[]>`.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { bundle, root } from "./bundle.mjs";

const wanted = process.argv.slice(2);
const files = ["engine", "e2e"]
	.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((f) =>
			join(root, folder, f),
		),
	)
	.filter((f) => f.endsWith(".bench.ts"));
const names = files.map((f) => basename(f, ".bench.ts"));
for (const name of wanted)
	if (!names.includes(name)) {
		console.error(`no benchmark ${name}; there are ${names.join(", ")}`);
		process.exit(2);
	}
for (const [i, file] of files.entries()) {
	if (wanted.length && !wanted.includes(names[i])) continue;
	const url = await bundle(`bench/${names[i]}`, file, [/^node:/, "@playwright/test"]);
	console.log(`# ${names[i]}`);
	const script = `setInterval(() => {}, 1000);
for (const line of await (await import(${JSON.stringify(url)})).run()) console.log(line);
process.exit(0)`;
	spawnSync(process.execPath, ["--input-type=module", "-e", script], {
		cwd: root,
		stdio: "inherit",
	});
}
