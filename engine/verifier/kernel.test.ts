// Programs that need the kernel's types, as Linux 6.18 judged them: kernel functions, iterators, regions, kernel structs.
// Their ids belong to one kernel, so that the cases name them and the running kernel's BTF resolves the names.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { progType } from "../abi/index.ts";
import { type Btf, decodeBtf, findTypes } from "../btf/index.ts";
import { decode } from "../isa/index.ts";
import type { LoadRequest } from "../object/index.ts";
import { verify } from "./index.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

interface KernelCase {
	readonly descr: string;
	readonly type: string;
	readonly attach?: number;
	readonly flags?: number;
	/** Name of what the program is attached to. */
	readonly target?: string;
	/** Opcode, registers, offset, immediate; in its place the name of a kernel function. */
	readonly insns: readonly (readonly [number, number, number, number | string])[];
	readonly linux: {
		readonly ok: boolean;
		readonly errno: number;
		readonly message: string;
		readonly processed: number;
	};
}

const cases = readFileSync(join(import.meta.dirname, "../testdata/verifier/kfuncs.jsonl"), "utf8")
	.trim()
	.split("\n")
	.map((line): KernelCase => JSON.parse(line));

function requestOf(kernel: Btf, raw: KernelCase): LoadRequest | undefined {
	const bytes = new Uint8Array(raw.insns.length * 8);
	const view = new DataView(bytes.buffer);
	for (const [i, [opcode, registers, off, imm]] of raw.insns.entries()) {
		const id = typeof imm === "number" ? imm : findTypes(kernel, imm, "func")[0];
		if (id === undefined) return undefined;
		bytes[8 * i] = opcode;
		bytes[8 * i + 1] = registers;
		view.setInt16(8 * i + 2, off, true);
		view.setInt32(8 * i + 4, id, true);
	}
	const target = raw.target && findTypes(kernel, raw.target, "func", "typedef")[0];
	if (raw.target !== undefined && !target) return undefined;
	return {
		name: "",
		type: progType(raw.type)?.id ?? -1,
		expectedAttachType: raw.attach ?? 0,
		flags: raw.flags ?? 0,
		license: "GPL",
		code: decode(bytes),
		maps: [],
		functions: [],
		lines: [],
		attachBtfId: target || 0,
	};
}

describe.skipIf(!existsSync(VMLINUX))("with the running kernel's BTF", () => {
	const kernel = existsSync(VMLINUX) ? decodeBtf(readFileSync(VMLINUX)).value : undefined;

	test("has cases", () => expect(cases.length).toBeGreaterThan(30));

	test.for(cases)("$descr", (raw, context) => {
		const request = kernel && requestOf(kernel, raw);
		if (!kernel || !request) return context.skip("this kernel lacks what the case names");
		const report = verify(request, { kernel });
		expect({
			unsupported: report.unsupported,
			ok: report.ok,
			errno: report.errno,
			message: plain(report.message),
			processed: report.stats.insnsProcessed,
		}).toEqual({ unsupported: undefined, ...raw.linux, message: plain(raw.linux.message) });
	});
});

/** Without the numbers of BTF types. */
function plain(message: string): string {
	return message.replace(/#\d+|btf_id \d+/g, "");
}

test("without a kernel's BTF a kernel function is not supported, and that is no rejection", () => {
	const code = decode(Uint8Array.of(0x85, 0x20, 0, 0, 1, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0));
	const report = verify({
		name: "",
		type: 1,
		expectedAttachType: 0,
		flags: 0,
		license: "GPL",
		code,
		maps: [],
		functions: [],
		lines: [],
		attachBtfId: 0,
	});
	expect(report.unsupported).toBe("kfunc calls without a kernel's BTF");
	expect(report.errno).toBe(0);
});
