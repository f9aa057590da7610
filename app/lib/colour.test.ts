import fc from "fast-check";
import { expect, test } from "vitest";
import { colourLine } from "./colour.ts";

const marked = (line: string) =>
	colourLine(line)
		.filter((r) => r.colour !== "text" && r.colour !== "operator")
		.map((r) => `${r.colour}:${r.text}`)
		.join(" ");

test.each([
	["r1 = *(u16 *)(r2 + 2)", "register:r1 type:u16 register:r2 number:2"],
	[
		"if w3 != 0x8 goto +37 <L48>",
		"keyword:if register:w3 number:0x8 keyword:goto number:37 label:<L48>",
	],
	["call bpf_map_lookup_elem", "keyword:call function:bpf_map_lookup_elem"],
	["call helper ; twice", "keyword:call function:helper comment:; twice"],
	["out:", "label:out:"],
	["goto L29", "keyword:goto label:L29"],
	["\tw7 = XDP_PASS", "register:w7 constant:XDP_PASS"],
	['.section "xdp"', 'directive:.section string:"xdp"'],
	["lock *(u64 *)(r0 + 0) += r1", "keyword:lock type:u64 register:r0 number:0 register:r1"],
])("%s", (line, runs) => expect(marked(line)).toBe(runs));

test("the runs are the line, whatever it holds", () => {
	fc.assert(
		fc.property(fc.string(), (line) => {
			const plain = line.replace(/[\n\r\u2028\u2029]/g, "");
			expect(
				colourLine(plain)
					.map((r) => r.text)
					.join(""),
			).toBe(plain);
		}),
	);
});
