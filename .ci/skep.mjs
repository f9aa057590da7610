// `npm run skep -- ARGS`: the command line, built first when it is not there yet.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = `${root}dist/cli/skep.mjs`;
if (!existsSync(cli))
	spawnSync("npx", ["vite", "build", "--mode", "cli", "--logLevel", "error"], {
		cwd: root,
		stdio: "inherit",
	});
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit(
	spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { cwd, stdio: "inherit" }).status ??
		1,
);
