// Programs attached to programs, a case a line of testdata/verifier/attached.jsonl. `by` tells who gave the answer: the running
// Linux 6.18, to tracing programs at the least, or its source. Prototypes stand as C has them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { kernelBtf, progType } from "../abi/index.ts";
import { assemble } from "../asm/index.ts";
import { BtfBuilder, decodeBtf, findTypes } from "../btf/index.ts";
import {
	type AttachTarget,
	type LoadRequest,
	loadRequest,
	type TargetFunction,
} from "../object/index.ts";
import { Linux } from "../testing/index.ts";
import { asTarget, verify } from "./index.ts";

interface Program {
	readonly type: string;
	readonly attach?: number;
	readonly flags?: number;
	readonly code?: string;
	/** `global int name(struct xdp_md *ctx)`, the main program first, then by the labels of `code`. */
	readonly functions?: readonly string[];
}

interface Case {
	readonly rule: string;
	readonly by: "Linux" | "source";
	readonly descr?: string;
	readonly target?: Program;
	/** Type that the program attaches to, by name or by id. */
	readonly at?: string;
	readonly id?: number;
	/** What else is true of the target, or of the function. */
	readonly facts?: Partial<AttachTarget>;
	readonly with?: Partial<TargetFunction>;
	readonly program: Program;
	readonly answer: readonly [errno: number, message: string];
}

const cases = readFileSync(join(import.meta.dirname, "../testdata/verifier/attached.jsonl"), "utf8")
	.trim()
	.split("\n")
	.map((line): Case => JSON.parse(line));

/** The target of cases that name none. */
const usual: Program = {
	type: "xdp",
	code: `
	r6 = r1
	r1 = 1
	call first
	r1 = r6
	call of_context
	r1 = r6
	call of_packet
	r1 = r6
	call hidden
	r1 = 0
	call of_pair
	r1 = 0
	call of_int
	r0 = 2
	if r0 == 2 goto out
	r1 = 1
	call unused
out:
	exit
first:
	r0 = 1
	exit
of_context:
	r0 = 1
	exit
of_packet:
	r2 = -14
	call bpf_xdp_adjust_head
	exit
hidden:
	r0 = *(u32 *)(r1 + 12)
	exit
of_pair:
	r0 = 1
	exit
of_int:
	r0 = 1
	exit
unused:
	r0 = 1
	exit`,
	functions: [
		"global int main_prog(struct xdp_md *ctx)",
		"global int first(int a)",
		"global int of_context(struct xdp_md *ctx)",
		"global int of_packet(struct xdp_md *ctx)",
		"static int hidden(struct xdp_md *ctx)",
		"global int of_pair(struct pair *p)",
		"global int of_int(int *p)",
		"global int unused(int a)",
	],
};

const simulated = decodeBtf(await kernelBtf()).value;
const options = simulated ? { kernel: simulated } : {};

class Types {
	readonly builder = new BtfBuilder();
	readonly #ids = new Map<string, number>([["void", 0]]);

	id(text: string): number {
		const name = text.replace(/\s+/g, " ").trim();
		const known = this.#ids.get(name);
		if (known !== undefined) return known;
		const made = this.builder.add(this.#type(name));
		this.#ids.set(name, made);
		return made;
	}

	#type(name: string): Parameters<BtfBuilder["add"]>[0] {
		if (name.endsWith("*")) return { kind: "ptr", type: this.id(name.slice(0, -1)) };
		const [kind, tag = ""] = name.split(" ");
		if (kind === "struct") return { kind, name: tag, size: 16, members: [] };
		if (kind === "enum") return { kind, name: tag, size: 4, signed: false, values: [] };
		const size = { int: 4, long: 8 }[name] ?? 0;
		const plain = { bitOffset: 0, signed: true, char: false, bool: false };
		return { kind: "int", name, size, bits: 8 * size, ...plain };
	}

	/** Id and name of the function. */
	add(prototype: string): { readonly id: number; readonly name: string } {
		const match = /^(global|static) (.*?)(\w+)\((.*)\)$/.exec(prototype);
		if (!match) throw new Error(`not understood: ${prototype}`);
		const [, linkage, result = "", name = "", list = ""] = match;
		const params = list === "void" ? [] : list.split(",").map((p) => this.#param(p.trim()));
		const proto = this.builder.add({ kind: "func_proto", returns: this.id(result), params });
		const scope = linkage === "global" ? "global" : "static";
		return { id: this.builder.add({ kind: "func", name, type: proto, linkage: scope }), name };
	}

	#param(text: string): { readonly name: string; readonly type: number } {
		const name = /\w+$/.exec(text)?.[0] ?? "";
		return { name, type: this.id(text.slice(0, text.length - name.length)) };
	}
}

function requestOf(program: Program): LoadRequest {
	const { type, attach = 0, flags = 0, code = "r0 = 0\nexit", functions = [] } = program;
	const { value, diagnostics } = assemble(`.section test\nmain:\n${code}\n`, "test.s");
	const spec = value?.programs[0];
	if (!spec) throw new Error(diagnostics.map((d) => d.message).join("\n"));
	const types = new Types();
	const ids = functions.map((prototype) => types.add(prototype));
	const base = loadRequest(value, spec, progType(type)?.id ?? 0);
	const named = { ...base, expectedAttachType: attach, flags, license: "GPL", lines: [] };
	if (functions.length === 0) return named;
	const records = spec.functions.map(({ insn, name }, i) => {
		const typeId = (i === 0 ? ids[0] : ids.find((f) => f.name === name))?.id ?? 0;
		return { insn, name, typeId };
	});
	return { ...named, btf: types.builder.bytes(), functions: records };
}

function targetOf(test: Case): AttachTarget | undefined {
	if (!test.target && test.at === undefined && test.id !== 4000) return undefined;
	const request = requestOf(test.target ?? usual);
	const report = verify(request, options);
	if (!report.ok) throw new Error(`the target is refused: ${report.message}`);
	const target = asTarget(request, report);
	const functions = target.functions.map((f) => (f.name === test.at ? { ...f, ...test.with } : f));
	return { ...target, functions, ...test.facts };
}

test.each(cases)("$rule: $descr ($by)", (test) => {
	const target = targetOf(test);
	const types = target?.btf && decodeBtf(target.btf).value;
	const named = types && test.at !== undefined ? findTypes(types, test.at, "func", "int")[0] : 0;
	const request: LoadRequest = {
		...requestOf(test.program),
		attachBtfId: test.id ?? named ?? -1,
		...(target ? { attachTarget: target } : {}),
	};
	const report = verify(request, { ...options, logLevel: 2 });
	expect(report.unsupported).toBeUndefined();
	expect([report.errno, report.message]).toEqual(test.answer);
});

test("what a target is known for comes from its verification", () => {
	const request = requestOf(usual);
	const target = asTarget(request, verify(request));
	expect(target.functions.map((f) => f.name)).not.toContain("unused");
	const effects = target.functions.filter((f) => f.changesPacket).map((f) => f.name);
	expect(effects).toEqual(["main_prog", "of_packet"]);
	expect(target.functions.some((f) => f.unreliable || f.mightSleep)).toBe(false);
	expect(target).toMatchObject({ type: 6, jited: true, nested: false });
});

const opened = await Linux.open();
const [TRACING, LSM_MAC] = [26, 27];
const ENOTSUPP = 524;

/** What Linux can be asked: tracing programs and the refusals before their type counts, of targets that are what they seem. */
const asked = cases.filter((c) => c.by === "Linux" && !c.facts && !c.with);

/**
 * A machine may keep programs from being loaded at functions. The attach type of security hooks takes the same way through
 * bpf_check_attach_target, reads the same context, and is turned away when the program ends.
 */
describe.skipIf("reason" in opened)("the running kernel", () => {
	afterAll(() => ("linux" in opened ? opened.linux.end() : undefined));
	test.each(asked)("$rule: $descr", async (test) => {
		if (!("linux" in opened)) return;
		const kernel = opened.linux;
		const target = targetOf(test);
		const types = target?.btf && decodeBtf(target.btf).value;
		const named = types && test.at !== undefined ? findTypes(types, test.at, "func", "int")[0] : 0;
		const plain = requestOf(test.program);
		const elsewhere =
			plain.type === 28 || plain.expectedAttachType === 24 || plain.expectedAttachType === 25;
		const request = {
			...plain,
			...(elsewhere ? { type: TRACING, expectedAttachType: LSM_MAC } : {}),
			attachBtfId: test.id ?? named ?? -1,
		};
		const base = target && (await kernel.load(requestOf(test.target ?? usual)));
		if (base && !base.ok) throw new Error(`the target is refused: errno ${base.errno}`);
		const load = await kernel.load(request, { logLevel: 2, ...(base ? { target: base.fd } : {}) });
		const [errno, message] = test.answer;
		expect(load.errno).toBe(errno === 0 && elsewhere ? ENOTSUPP : errno);
		if (message !== "") expect(load.log.split("\n")).toContain(message);
		for (const one of [base, load]) if (one?.ok) await kernel.close(one);
	});
});
