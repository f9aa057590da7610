// `npm run cc-corpus -- PATH... [options] -- CLANG FLAGS`: compiles C files with Skep and with clang, puts both objects to the running
// kernel and prints how many compile, how many are accepted and how long the code is.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { load, root } from "./bundle.mjs";

const here = process.env.INIT_CWD ?? process.cwd();
const usage = `usage: npm run cc-corpus -- PATH... [options] -- FLAGS
  PATH           a C file or a folder of them
  --clang NAME   the compiler to compare with (default: clang)
  --only TEXT    only files whose name contains it
  --out DIR      where objects are put (default: .cache/cc)
  FLAGS          for both compilers (default: -O2 -g -mcpu=v3)`;
const words = process.argv.slice(2);
const at = words.indexOf("--");
const flags = at < 0 ? ["-O2", "-g", "-mcpu=v3"] : words.slice(at + 1);
const text = { type: "string" };
let parsed;
try {
	parsed = parseArgs({
		args: at < 0 ? words : words.slice(0, at),
		allowPositionals: true,
		options: { clang: text, only: text, out: text },
	});
} catch (error) {
	fail(error.message);
}
const { values, positionals } = parsed;
const paths = positionals.map((path) => resolve(here, path));
for (const path of paths) if (!existsSync(path)) fail(`${path} is not there`);
if (paths.length === 0) fail("no path");

function fail(message) {
	console.error(`${message}\n${usage}`);
	process.exit(2);
}

const { compareCompilers } = await load("cc", "engine/testing/cccompare.ts");
await compareCompilers(
	{
		paths,
		flags,
		clang: values.clang ?? "clang",
		out: resolve(here, values.out ?? `${root}.cache/cc`),
		...(values.only ? { only: values.only } : {}),
	},
	(line) => console.log(line),
);
process.exit(0);
