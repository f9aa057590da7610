// Whole logs against what Linux 6.18 wrote for the same programs. BLESS=1 asks the running Linux for them anew.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { loadRequest } from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { verify } from "./index.ts";

const folder = join(import.meta.dirname, "../testdata/verifier/logs");
const names = readdirSync(folder)
	.filter((name) => name.endsWith(".s"))
	.map((name) => name.slice(0, -2));

/** The load of the one program of NAME.s. */
function requestOf(name: string) {
	const { value, diagnostics } = assemble(
		readFileSync(join(folder, `${name}.s`), "utf8"),
		`${name}.s`,
	);
	const program = value?.programs[0];
	if (!program) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	return loadRequest(value, program);
}

/** Addresses and times are the machine's. */
function comparable(log: string): string {
	return log.replace(/^verification time .*\n/m, "").replace(/0xffff[0-9a-f]{12}/g, "ADDRESS");
}

if (process.env["BLESS"]) {
	const opened = await Linux.open();
	if ("reason" in opened) throw new Error(opened.reason);
	for (const name of names) {
		const answer = await opened.linux.load(requestOf(name), { logLevel: 6 });
		writeFileSync(join(folder, `${name}.log`), `${answer.errno}\n${comparable(answer.log)}`);
		if (answer.ok) await opened.linux.close(answer);
	}
	opened.linux.end();
}

describe("logs", () => {
	test.each(names)("%s", (name) => {
		const report = verify(requestOf(name), { logLevel: 6 });
		const wanted = readFileSync(join(folder, `${name}.log`), "utf8");
		expect(`${report.errno}\n${comparable(report.log)}`).toBe(wanted);
	});
});
