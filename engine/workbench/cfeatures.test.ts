// Every row of the parity list of C is compiled: what is kept builds without a word, what is left out is named.
import { expect, test } from "vitest";
import { utf8 } from "../base/index.ts";
import { cFeatures } from "./cfeatures.ts";
import { buildFile } from "./index.ts";

const headers = `#define __TARGET_ARCH_x86
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
`;
const license = '\nchar _license[] SEC("license") = "GPL";\n';

test.each(cFeatures)("$group: $name", ({ source, refused }) => {
	const { object, diagnostics } = buildFile("feature.c", utf8(headers + source + license));
	const said = diagnostics.map((d) => d.message);
	if (refused === undefined) {
		expect(said).toEqual([]);
		expect(object?.programs.length).toBeGreaterThan(0);
	} else expect(said.join("\n")).toContain(refused);
});
