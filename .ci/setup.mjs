// Runs before `npm start` and `npm test` and makes a fresh clone usable. No dependencies of its own.
//   node .ci/setup.mjs          packages
//   node .ci/setup.mjs --test   packages, a browser, and the tools that the differential tests compare with
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tests = process.argv.includes("--test");

checkNode();
installPackages();
if (tests) {
	installTools();
	installBrowser();
}

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
	if (major < 20 || (major === 20 && minor < 19))
		fail(`Node 20.19 or newer is needed, this is ${process.version}`);
}

function installPackages() {
	const stamp = `${root}node_modules/.setup-stamp`;
	const hash = createHash("sha256")
		.update(readFileSync(`${root}package.json`))
		.update(readFileSync(`${root}package-lock.json`))
		.update(`${process.platform}-${process.arch}-${process.versions.modules}`)
		.digest("hex");
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
	say("installing packages (npm ci)");
	if (!run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])) fail("npm ci failed");
	writeFileSync(stamp, hash);
}

// The C compiler builds the kernel harness; the others are references that tests compare with. Tests whose reference is
// missing say so and are counted as skipped.
function installTools() {
	const wanted = {
		cc: "gcc libc6-dev",
		"clang-22": "clang-22",
		"llvm-mc-22": "llvm-22",
		bpftool: "bpftool",
		tshark: "tshark",
	};
	const missing = Object.entries(wanted).filter(([command]) => !onPath(command));
	if (missing.length && canApt()) apt(missing.flatMap(([, names]) => names.split(" ")));
	for (const [command] of missing)
		if (!onPath(command)) say(`${command} is not there: its tests will be skipped`);
	const libbpf = "/usr/include/bpf/libbpf.h";
	if (!existsSync(libbpf) && canApt()) apt(["libbpf-dev"]);
	if (!existsSync(libbpf)) say("libbpf is not there: conformance over objects will be skipped");
}

function installBrowser() {
	const path = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
	if (existsSync(path)) return;
	if (process.env.CHROMIUM_PATH) fail(`no browser at CHROMIUM_PATH (${path})`);
	if (canApt()) apt(["chromium", "fonts-dejavu-core"]);
	if (existsSync(path)) return;
	say("installing Playwright's own Chromium");
	if (!run("npx", ["playwright", "install", "chromium"]))
		fail("no browser: install Chromium, or set CHROMIUM_PATH");
}

function canApt() {
	return (
		process.platform === "linux" &&
		process.getuid?.() === 0 &&
		spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0
	);
}

let updated = false;
function apt(names) {
	say(`installing ${names.join(" ")}`);
	const env = { DEBIAN_FRONTEND: "noninteractive" };
	if (!updated) updated = run("apt-get", ["update", "-qq"], env);
	run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], env);
}

function onPath(command) {
	return (process.env.PATH ?? "").split(delimiter).some((dir) => existsSync(`${dir}/${command}`));
}

function run(command, args, env = {}) {
	const options = {
		cwd: root,
		stdio: ["ignore", "ignore", "inherit"],
		env: { ...process.env, ...env },
	};
	return spawnSync(command, args, options).status === 0;
}

function say(text) {
	console.log(`[setup] ${text}`);
}

function fail(text) {
	console.error(`[setup] ${text}`);
	process.exit(1);
}
