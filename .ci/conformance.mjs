// `npm run conformance -- PATH...`: puts raw programs (JSON lines) and objects (directories or files) to the running kernel and to
// the verifier and prints how far they agree.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { load } from "./bundle.mjs";

const here = process.env.INIT_CWD ?? process.cwd();
const usage = `usage: npm run conformance -- PATH... [options]
  PATH             a directory of objects, an object (.o), or raw programs, one JSON object a line (.jsonl)
  --sweep NAME     ask tables instead: attach, returns, context, helpers, arguments, kfuncs, formats, calls, regions, maps, or all
  --vmlinux FILE   the kernel's types (default: the running kernel's)
  --only TEXT      only programs whose name contains it
  --patience N     compare the logs of programs up to so many instructions processed (default 20000)
  --level N        log level at which objects are compared (default 6)
  --flags N        load objects with these BPF_F_* flags as well (1 strict alignment, 8 a state at each instruction)
  --mutants N      in place of the programs of objects N variants of each, with slips
  --seed N         the first of those variants (default 0)
  --minimise       make programs that differ as small as they get
  --findings FILE  write every finding as a line of JSON
  --page FILE      write the parity page`;
const text = { type: "string" };
let parsed;
try {
	parsed = parseArgs({
		allowPositionals: true,
		options: {
			vmlinux: text,
			sweep: text,
			only: text,
			patience: text,
			level: text,
			flags: text,
			mutants: text,
			seed: text,
			minimise: { type: "boolean" },
			findings: text,
			page: text,
		},
	});
} catch (error) {
	fail(error.message);
}
const { values, positionals } = parsed;
const paths = positionals.map((path) => resolve(here, path));
for (const path of paths) if (!existsSync(path)) fail(`${path} is not there`);
if (paths.length === 0 && !values.sweep) fail("no path");

function fail(message) {
	console.error(`${message}\n${usage}`);
	process.exit(2);
}

const { report } = await load("conformance", "engine/testing/report.ts");
const inTree = (path) => (path === undefined ? {} : resolve(here, path));
await report(
	{
		...values,
		paths,
		...(values.patience ? { patience: Number(values.patience) } : {}),
		...(values.level ? { level: Number(values.level) } : {}),
		...(values.mutants ? { mutants: Number(values.mutants) } : {}),
		...(values.seed ? { seed: Number(values.seed) } : {}),
		...(values.flags ? { flags: Number(values.flags) } : {}),
		...(values.vmlinux ? { vmlinux: inTree(values.vmlinux) } : {}),
		...(values.page ? { page: inTree(values.page) } : {}),
		...(values.findings ? { findings: inTree(values.findings) } : {}),
	},
	(line) => console.log(line),
);
process.exit(0);
