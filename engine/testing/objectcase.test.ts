// Objects of our own against the running Linux, the loader, and the reading of annotations. Others are judged by
// `npm run conformance`.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeBtf } from "../btf/index.ts";
import { targetOf } from "../elf/index.ts";
import { judgeWith } from "./judge.ts";
import { listsVariables, runningKernel } from "./machine.ts";
import { conformObject } from "./objectcase.ts";
import { ObjectLinux } from "./objectlinux.ts";
import { expectations, missingMessage } from "./tags.ts";

const opened = ObjectLinux.open();
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

test.skipIf("reason" in opened)(`an object that is not there is told apart${why}`, async () => {
	if ("reason" in opened) return;
	const ask = { logLevel: 0, logSize: 4096, set: 0, clear: 0, companions: [] };
	const load = await opened.objects.load("/nowhere/at-all.o", "main", ask);
	expect([load.stage, load.errno]).toEqual(["open", 2]);
	expect(await opened.objects.programs("/nowhere/at-all.o")).toEqual([]);
});

const running = "/sys/kernel/btf/vmlinux";
const folder = join(import.meta.dirname, "../testdata/verifier/objects");
const objects = readdirSync(folder).filter((f) => f.endsWith(".o"));

test.skipIf("reason" in opened || !existsSync(running)).each(objects)(
	`%s: verdict, words, counts and log as Linux has them${why}`,
	{ timeout: 120_000 },
	async (file) => {
		const target = targetOf(new Uint8Array(readFileSync(running))).value;
		if ("reason" in opened || !target) return;
		const kernel = runningKernel();
		const judge = judgeWith(target.btf, { dataSymbols: listsVariables(kernel) });
		const options = { load: { target, kernel }, patience: 20_000 };
		const findings = await conformObject(join(folder, file), opened.objects, judge, options);
		const others = findings.filter((f) => !["same", "skipped"].includes(f.difference));
		expect(others).toEqual([]);
		expect(findings.filter((f) => f.difference === "same").length).toBeGreaterThan(5);
	},
);

test("annotations are read from declaration tags", () => {
	const tag = (name: string) =>
		({
			kind: "decl_tag",
			name: `comment:test_${name}`,
			type: 2,
			component: -1,
			attribute: false,
		}) as const;
	const bytes = encodeBtf([
		{ kind: "func_proto", returns: 0, params: [] },
		{ kind: "func", name: "main", type: 1, linkage: "global" },
		tag("expect_failure"),
		tag("expect_msg=3=R{{[0-9]}} !read_ok"),
		tag("prog_flags=BPF_F_STRICT_ALIGNMENT"),
		tag("prog_flags=!BPF_F_ANY_ALIGNMENT"),
		tag("log_level=2"),
	]);
	expect(expectations(bytes).get("main")).toEqual({
		verdict: "failure",
		messages: ["R{{[0-9]}} !read_ok"],
		logLevel: 2,
		set: 1,
		clear: 2,
		auxiliary: false,
	});
});

test("expected messages are sought in their order", () => {
	const log = "0: (95) exit\nR0 !read_ok\n";
	expect(missingMessage(log, ["(95)", "R{{[0-9]}} !read_ok"])).toBeUndefined();
	expect(missingMessage(log, ["R0 !read_ok", "(95)"])).toBe("(95)");
});
