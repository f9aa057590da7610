// Programs that attach to programs, in the page, which loads no targets, and with a target, by judge.

import { expect, test } from "vitest";
import type { ProgramSpec } from "../object/index.ts";
import { buildFile } from "./build.ts";
import { noFiles } from "./buildc.ts";
import { explainedReasons } from "./explain/texts.ts";
import {
	createWorkbench,
	judge,
	minimumKernel,
	targetOfJudgement,
	validateProject,
} from "./index.ts";

const head =
	'#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar license[] SEC("license") = "GPL";\n';

const source = `${head}
__attribute__((noinline)) int first(int a) { volatile int r = a; return r; }
SEC("xdp") int pass(struct xdp_md *ctx) { return first(1) ? 2 : 2; }
SEC("freplace/first") int other(int a) { return a + 1; }
SEC("freplace/first") int wrong(struct xdp_md *ctx) { return 0; }
SEC("freplace") int anywhere(int a) { return 0; }
SEC("fentry/first") int seen(unsigned long *ctx) { return 0; }
`;

function built() {
	const { object, diagnostics } = buildFile(
		"a.c",
		new TextEncoder().encode(source),
		undefined,
		noFiles,
	);
	if (!object) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	const of = (name: string): ProgramSpec => {
		const program = object.programs.find((p) => p.name === name);
		if (!program) throw new Error(`no program ${name}`);
		return program;
	};
	const target = targetOfJudgement(judge(object, of("pass"), { logLevel: 0 }));
	if (!target) throw new Error("the target was refused");
	return { object, of, target };
}

test("the page says that no target program was given", async () => {
	const { value } = validateProject({
		version: 1,
		name: "extensions",
		files: [{ path: "main.c", text: source }],
		entry: "main.c",
		scenario: { packets: [] },
	});
	if (!value) throw new Error("no project");
	const engine = createWorkbench(() => {}, { pause: () => Promise.resolve() });
	await engine.open(1, value);
	const verdict = async (name: string) => (await engine.verify(1, name)).verdict;
	expect(await verdict("pass")).toEqual({ kind: "accepted" });
	const why = "no target program was given (on the command line `--target` names one)";
	expect(await verdict("other")).toMatchObject({
		kind: "rejected",
		message: `libbpf: attach program FD is not set: ${why}`,
	});
	expect(await verdict("anywhere")).toMatchObject({
		kind: "rejected",
		message: `libbpf: no BTF-based attach target is specified, use bpf_program__set_attach_target(): ${why}`,
	});
});

test("with a target, the target's rules and functions count", () => {
	const { object, of, target } = built();
	const attachment = { target };
	const accepted = judge(object, of("other"), { logLevel: 1, attachment });
	expect([accepted.ok, accepted.err]).toEqual([true, ""]);
	const wrong = judge(object, of("wrong"), { logLevel: 1, attachment });
	expect([wrong.err, wrong.message]).toEqual([
		"EINVAL",
		"arg0 in wrong() is PTR while first() has INT",
	]);
	const text = (functionName?: string) =>
		judge(object, of("anywhere"), {
			logLevel: 0,
			attachment: { target, ...(functionName === undefined ? {} : { functionName }) },
		}).message;
	expect(text()).toContain("no BTF-based attach target is specified");
	expect(text("nowhere")).toBe("nowhere is not found in prog's BTF");
	expect(text("first")).toBe("");
	const { btf: _without, ...bare } = target;
	expect(judge(object, of("other"), { logLevel: 0, attachment: { target: bare } }).message).toBe(
		"The target program doesn't have BTF",
	);
});

test("the oldest kernel counts what is attached to", () => {
	const { object, of, target } = built();
	const seen = judge(object, of("seen"), { logLevel: 0, attachment: { target } });
	const features = seen.request ? minimumKernel(seen.request, 0).features : [];
	expect(features.map((f) => f.what)).toContain("tracing of programs");
	expect(features.map((f) => f.what)).not.toContain("tracing of tracing programs");
});

test("each way to be refused has its explanation", () => {
	for (const what of ["target", "program", "prototype", "effects"])
		expect(explainedReasons).toContain(`attach/${what}`);
});
