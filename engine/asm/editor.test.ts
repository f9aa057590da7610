import { expect, test } from "vitest";
import { completions, definition, hover, tokenize } from "./index.ts";

const source = `.map counts, type=array, key=4, value=8, max_entries=16
.equ LIMIT, 0x10
.section xdp
main:
	r2 = *(u32 *)(r1 + 4)
	r1 = counts ll
	call bpf_map_lookup_elem
1:	if r0 == LIMIT goto out
	goto 1b
out:
	ldxw r0, [r1+4]
	exit
`;

function labels(text: string): string[] {
	return completions(text, text.length).items.map((i) => i.label);
}

test.each<[string, string[], string[]]>([
	["\t", ["r0", "w3", "if", "ldxw", "call", "exit"], ["bpf_loop"]],
	["\tcall bpf_m", ["bpf_map_lookup_elem", "bpf_loop"], ["r0"]],
	[`${source}\tgoto `, ["main", "out"], ["counts", "r0"]],
	[`${source}\tjeq r0, 5, `, ["main", "out"], ["counts"]],
	[`${source}\tr1 = `, ["r5", "counts", "LIMIT", "XDP_PASS"], ["out"]],
	[".", [".section", ".map"], ["r0"]],
	[".section ", ["xdp", "tc", "tracepoint"], ["r0"]],
	[".map m, type=", ["array", "ringbuf"], ["r0"]],
	[".map m, type=array, ", ["key", "max_entries"], ["r0"]],
	["\tr2 = *(u32 *)(r1 + xdp_md.", ["xdp_md.data", "xdp_md.data_end"], ["r0"]],
	["\tBPF_", ["BPF_MOV64_IMM"], ["r0"]],
])("completions after %j", (text, some, none) => {
	const found = labels(text);
	expect(found).toEqual(expect.arrayContaining(some));
	for (const label of none) expect(found).not.toContain(label);
});

test("a completion replaces the whole word around the cursor", () => {
	const text = "\tcall bpf_map_lookup_elem # x";
	const { from, to } = completions(text, 10);
	expect(text.slice(from, to)).toBe("bpf_map_lookup_elem");
});

test.each<[string, number, string, string]>([
	["*(u32", 0, "ldxw", "dst = *(u32 *)(src + off)"],
	["ldxw", 2, "ldxw", "Since Linux 3.18"],
	["counts ll", 1, "map counts", "array, key 4 bytes"],
	["bpf_map_lookup_elem", 3, "bpf_map_lookup_elem", "Helper 1"],
	["LIMIT goto", 1, "LIMIT", "16 (0x10)"],
	["goto out", 6, "label out", "section xdp"],
	["r10", -1, "", ""],
])("hover over %s", (needle, shift, title, text) => {
	const at = source.indexOf(needle);
	if (at < 0) {
		expect(hover(source, source.length)).toBeUndefined();
		return;
	}
	const found = hover(source, at + shift);
	expect(found?.title).toContain(title);
	expect(found?.paragraphs.join(" ")).toContain(text);
});

test.each<[string, number, string]>([
	["goto out", 6, "out:"],
	["goto 1b", 5, "1:\tif"],
	["counts ll", 2, "counts, type"],
	["LIMIT goto", 0, "LIMIT, 0x10"],
])("the definition of what %s names", (needle, shift, target) => {
	const span = definition(source, source.indexOf(needle) + shift);
	expect(span?.start).toBe(source.indexOf(target));
});

function kinds(line: string, open = false): string {
	const { tokens, state } = tokenize(line, open);
	return tokens
		.map((t) => `${line.slice(t.start, t.end)}:${t.kind}`)
		.concat(state ? ["open"] : [])
		.join(" ");
}

test.each<[string, string]>([
	["call bpf_loop", "call:keyword bpf_loop:helper"],
	["out: goto out", "out:label ::operator goto:keyword out:label"],
	["lddw r1, map counts", "lddw:keyword r1:register ,:operator map:label counts:label"],
	['.asciz "x" # y', '.asciz:directive "x":string # y:comment'],
	["exit /* open", "exit:keyword /* open:comment open"],
	[
		"*(u64 *)(r10 - 8) = 0x5",
		"*:operator (:operator u64:type *:operator ):operator (:operator r10:register -:operator 8:number ):operator =:operator 0x5:number",
	],
])("token classes of %s", (line, expected) => {
	expect(kinds(line)).toBe(expected);
});

test("a block comment goes on over lines", () => {
	expect(kinds("still open", true)).toBe("still open:comment open");
	expect(kinds("closed */ exit", true)).toBe("closed */:comment exit:keyword");
});
