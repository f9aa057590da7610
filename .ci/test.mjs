// Runs every check in turn and ends with one line that counts what ran. A step that fails does not hide the later ones.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = `${root}.cache`;
const total = { passed: 0, failed: 0, skipped: 0 };
mkdirSync(cache, { recursive: true });

check("format and lint", "npx", ["biome", "ci", "--colors=off", "--error-on-warnings", "."]);
for (const part of ["engine", "engine/tsconfig.test.json", "app", "e2e"])
	check(`types of ${part}`, "npx", ["tsc", "-p", part]);
unit();
if (check("build", "npm", ["run", "build", "--silent"])) endToEnd();
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed ? 1 : 0);

function step(title, command, args, env = {}) {
	const started = Date.now();
	const options = {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 1 << 28,
		env: { ...process.env, NO_COLOR: "1", ...env },
	};
	const done = spawnSync(command, args, options);
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	console.log(`${done.status === 0 ? "ok  " : "FAIL"} ${title} (${seconds} s)`);
	if (done.status !== 0) console.log(`${done.stdout}\n${done.stderr}`.slice(-20000));
	return done;
}

function check(title, command, args) {
	const ok = step(title, command, args).status === 0;
	total[ok ? "passed" : "failed"]++;
	return ok;
}

function report(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function unit() {
	const file = `${cache}/unit.json`;
	rmSync(file, { force: true });
	const done = step("unit and differential tests", "npx", [
		"vitest",
		"run",
		"--reporter=default",
		"--reporter=json",
		`--outputFile.json=${file}`,
	]);
	const result = report(file);
	count(done.status, result?.numPassedTests, result?.numFailedTests, result?.numPendingTests);
	for (const suite of result?.testResults ?? [])
		for (const test of suite.assertionResults)
			if (test.status === "pending" || test.status === "skipped")
				console.log(`     skipped: ${test.fullName}`);
}

function endToEnd() {
	const file = `${cache}/e2e.json`;
	rmSync(file, { force: true });
	const done = step("end-to-end tests", "npx", ["playwright", "test", "--reporter=line,json"], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: file,
		PLAYWRIGHT_JSON_OUTPUT_FILE: file,
	});
	const stats = report(file)?.stats;
	if (stats?.flaky) console.log(`     passed at the second try: ${stats.flaky}`);
	count(
		done.status,
		(stats?.expected ?? 0) + (stats?.flaky ?? 0),
		stats?.unexpected,
		stats?.skipped,
	);
}

/** A runner that failed without naming a failed test, or that ran none, counts as one failure. */
function count(status, passed = 0, failed = 0, skipped = 0) {
	total.passed += passed;
	total.failed += failed || (status === 0 && passed > 0 ? 0 : 1);
	total.skipped += skipped;
}
