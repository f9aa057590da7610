// An ELF relocatable → ObjectFile, by libbpf's rules: maps, global data, programs with their subprograms, BTF.

import { sectionType } from "../abi/index.ts";
import { type Diagnostic, fromUtf8, type Outcome, view } from "../base/index.ts";
import { decodeBtf, decodeBtfExt } from "../btf/index.ts";
import type { ObjectFile, ProgramSpec } from "../object/index.ts";
import { idOf, type Target } from "./core/relocate.ts";
import { type ElfFile, type ElfSection, readElf, SHF_EXECINSTR, SHT_PROGBITS } from "./file.ts";

const STB_LOCAL = 0;
const STT_FUNC = 2;

import { readMaps } from "./maps.ts";
import { assemble, functionsOf, type Source } from "./programs.ts";

const [
	BPF_TRACE_RAW_TP,
	BPF_TRACE_FENTRY,
	BPF_TRACE_FEXIT,
	BPF_MODIFY_RETURN,
	BPF_LSM_MAC,
	BPF_TRACE_ITER,
] = [23, 24, 25, 26, 27, 28] as const;
const BPF_LSM_CGROUP = 43;

/** Reads an object of clang's. `name` is the file name without directories and extension. A program that needs what Skep
 *  lacks keeps its place and carries `unsupported`. `target`: the kernel's types for CO-RE relocations. */
export function readObject(bytes: Uint8Array, name: string, target?: Target): Outcome<ObjectFile> {
	const read = readElf(bytes, () => true);
	if (!read.value) return { diagnostics: read.diagnostics };
	const elf = read.value;
	const diagnostics: Diagnostic[] = [];
	const types = readTypes(elf, diagnostics);
	const maps = readMaps(elf, types.btf, name);
	diagnostics.push(...maps.diagnostics);
	const source: Source = { elf, maps, ...types, ...(target ? { target } : {}) };
	const programs = elf.sections
		.filter((s) => isCode(s) && s.name !== ".text")
		.flatMap((s) => sectionPrograms(s, source, diagnostics));
	if (programs.length === 0) programs.push(...textPrograms(source, diagnostics));
	const btf = elf.sections.find((s) => s.name === ".BTF")?.bytes;
	return {
		value: {
			name,
			license: textSection(elf, "license"),
			kernVersion: numberSection(elf, "version"),
			programs,
			maps: maps.specs,
			...(btf && types.btf ? { btf: btf.slice() } : {}),
		},
		diagnostics,
	};
}

function isCode(section: ElfSection): boolean {
	return (
		section.type === SHT_PROGBITS &&
		(section.flags & SHF_EXECINSTR) !== 0 &&
		section.bytes.length >= 8
	);
}

function readTypes(elf: ElfFile, diagnostics: Diagnostic[]): Pick<Source, "btf" | "ext"> {
	const section = elf.sections.find((s) => s.name === ".BTF");
	if (!section) return { btf: undefined, ext: [] };
	const { value: btf, diagnostics: faults } = decodeBtf(section.bytes);
	diagnostics.push(...faults);
	const records = elf.sections.find((s) => s.name === ".BTF.ext");
	if (!btf || !records) return { btf, ext: [] };
	const ext = decodeBtfExt(records.bytes, btf);
	diagnostics.push(...ext.diagnostics);
	return { btf, ext: ext.value ?? [] };
}

function sectionPrograms(
	section: ElfSection,
	source: Source,
	diagnostics: Diagnostic[],
): ProgramSpec[] {
	const local = new Set(
		source.elf.symbols
			.filter((s) => s.section === section.index && s.type === STT_FUNC && s.binding === STB_LOCAL)
			.map((s) => s.name),
	);
	return functionsOf(source.elf, section)
		.filter((f) => !local.has(f.name))
		.map((f) => program(f, source, diagnostics));
}

/** An object whose only code is in `.text`: its global functions are offered, and the user chooses a type. */
function textPrograms(source: Source, diagnostics: Diagnostic[]): ProgramSpec[] {
	const text = source.elf.sections.find((s) => s.name === ".text" && isCode(s));
	return text ? sectionPrograms(text, source, diagnostics) : [];
}

function program(
	f: ReturnType<typeof functionsOf>[number],
	source: Source,
	diagnostics: Diagnostic[],
): ProgramSpec {
	const { diagnostics: faults, ...parts } = assemble(f, source);
	const unsupported = faults.find((d) => d.unsupported)?.unsupported;
	diagnostics.push(...faults.filter((d) => !d.unsupported));
	const kind = sectionType(f.section.name);
	return {
		name: f.name,
		section: f.section.name,
		...(kind ? { type: kind.type } : {}),
		expectedAttachType: kind?.attachType ?? 0,
		flags: kind?.flags ?? 0,
		...attachTarget(kind, source.target),
		...parts,
		...(unsupported ? { unsupported } : {}),
	};
}

/** Program types that attach to something in the kernel's BTF: the prefix of its name and its kind, by attach type. */
const attachKinds: Readonly<
	Record<number, { readonly prefix: string; readonly kind: "func" | "typedef" }>
> = {
	[BPF_TRACE_RAW_TP]: { prefix: "btf_trace_", kind: "typedef" },
	[BPF_TRACE_FENTRY]: { prefix: "", kind: "func" },
	[BPF_TRACE_FEXIT]: { prefix: "", kind: "func" },
	[BPF_MODIFY_RETURN]: { prefix: "", kind: "func" },
	[BPF_LSM_MAC]: { prefix: "bpf_lsm_", kind: "func" },
	[BPF_LSM_CGROUP]: { prefix: "bpf_lsm_", kind: "func" },
	[BPF_TRACE_ITER]: { prefix: "bpf_iter_", kind: "func" },
};

function attachTarget(
	section: ReturnType<typeof sectionType>,
	kernel: Target | undefined,
): { attachBtfId?: number } {
	const rule = section && attachKinds[section.attachType];
	const id = rule && kernel && idOf(kernel, `${rule.prefix}${section.target}`, rule.kind);
	return id === undefined ? {} : { attachBtfId: id };
}

function textSection(elf: ElfFile, name: string): string {
	const bytes = elf.sections.find((s) => s.name === name)?.bytes ?? new Uint8Array();
	const end = bytes.indexOf(0);
	return fromUtf8(end < 0 ? bytes : bytes.subarray(0, end));
}

function numberSection(elf: ElfFile, name: string): number {
	const bytes = elf.sections.find((s) => s.name === name)?.bytes;
	return bytes && bytes.length >= 4 ? view(bytes).getUint32(0, true) : 0;
}
