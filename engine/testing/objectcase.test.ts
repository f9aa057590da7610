// The object loader and the reading of annotations. The objects themselves are judged by `npm run conformance`.
import { expect, test } from "vitest";
import { encodeBtf } from "../btf/index.ts";
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
	opened.objects.end();
});

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
