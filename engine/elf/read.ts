// A relocatable object → ObjectFile, by libbpf's rules: maps, global data, externs, programs with their subprograms, BTF.

import { sectionType } from "../abi/index.ts";
import { type Diagnostic, fromUtf8, type Outcome, view } from "../base/index.ts";
import { type Btf, decodeBtf, decodeBtfExt, type ExtSection } from "../btf/index.ts";
import { INSN_SIZE } from "../isa/index.ts";
import type { ObjectFile, ProgramSpec, Relocatable } from "../object/index.ts";
import { idOf, type Target } from "./core/relocate.ts";
import { littleEndian } from "./endian.ts";
import { resolveExterns } from "./externs.ts";
import { fixTypes } from "./fixup.ts";
import { type ElfFunction, functionsBySection } from "./functions.ts";
import { type KernelProfile, simulatedKernel } from "./kernel.ts";
import { readMaps } from "./maps.ts";
import { assemble, type Source } from "./programs.ts";
import { readRelocatable } from "./relocatable.ts";
import { readStructOps, type StructOps } from "./structops.ts";

const [
	BPF_TRACE_RAW_TP,
	BPF_TRACE_FENTRY,
	BPF_TRACE_FEXIT,
	BPF_MODIFY_RETURN,
	BPF_LSM_MAC,
	BPF_TRACE_ITER,
] = [23, 24, 25, 26, 27, 28] as const;
const BPF_LSM_CGROUP = 43;
const BPF_PROG_TYPE_TRACING = 26;
const BPF_PROG_TYPE_STRUCT_OPS = 27;
const BPF_PROG_TYPE_EXT = 28;
/** Instruction slots of one program, and of all programs of an object together. */
const MOST_SLOTS = 1 << 20;
const MOST_SLOTS_TOGETHER = 1 << 22;

/** The kernel that an object is loaded into. */
export interface LoadOptions {
	/** Its types, for CO-RE relocations, kfuncs and kernel variables. */
	readonly target?: Target;
	/** Its version, configuration and the like; the target's facts and the simulated kernel's when absent. */
	readonly kernel?: KernelProfile;
}

/** Reads an object of clang's or gcc's. `name` is the file name without directories and extension. A program that needs what
 *  Skep lacks keeps its place and carries `unsupported`, one that libbpf would refuse carries `fault`. */
export function readObject(
	bytes: Uint8Array,
	name: string,
	options: LoadOptions = {},
): Outcome<ObjectFile> {
	const read = readRelocatable(bytes);
	if (!read.value) return { diagnostics: read.diagnostics };
	return loadRelocatable(read.value, name, options);
}

/** Applies libbpf's loading rules to an object, e.g. one that a compiler made, as `readObject` does to its bytes. */
export function loadRelocatable(
	relocatable: Relocatable,
	name: string,
	{ target, kernel = { ...simulatedKernel, ...target?.facts } }: LoadOptions = {},
): Outcome<ObjectFile> {
	const object = relocatable.bigEndian ? littleEndian(relocatable) : relocatable;
	const diagnostics: Diagnostic[] = [];
	const raw = types(object, diagnostics);
	const externs = resolveExterns(object, raw, kernel, target);
	diagnostics.push(...externs.diagnostics);
	const fixed = raw && object.btf && fixTypes(object.btf, raw, object, externs);
	const btf = fixed && decodeBtf(fixed).value;
	const ext = records(object, btf, diagnostics);
	const { kconfig } = externs;
	const maps = readMaps({ object, objectName: name, btf, kconfig, kernel });
	const structOps = readStructOps(object, btf, target);
	diagnostics.push(...maps.diagnostics, ...structOps.diagnostics);
	const functions = functionsBySection(object);
	const source: Source = {
		object,
		functions,
		maps,
		externs,
		btf,
		ext,
		...(target ? { target } : {}),
	};
	const cutter = new Cutter(source, structOps, diagnostics);
	return {
		value: {
			name,
			license: textSection(object, "license"),
			kernVersion: numberSection(object, "version"),
			programs: cutter.programs(),
			maps: [...maps.specs, ...structOps.specs],
			...(fixed ? { btf: fixed } : {}),
		},
		diagnostics,
	};
}

function types(object: Relocatable, diagnostics: Diagnostic[]): Btf | undefined {
	if (!object.btf) return undefined;
	const { value, diagnostics: faults } = decodeBtf(object.btf);
	diagnostics.push(...faults);
	return value;
}

function records(
	object: Relocatable,
	btf: Btf | undefined,
	diagnostics: Diagnostic[],
): Map<string, ExtSection> {
	if (!btf || !object.btfExt) return new Map();
	const { value, diagnostics: faults } = decodeBtfExt(object.btfExt, btf);
	diagnostics.push(...faults);
	return new Map((value ?? []).map((e) => [e.section, e]));
}

/** Cuts the programs out of the code sections. */
class Cutter {
	readonly #source: Source;
	readonly #structOps: StructOps;
	readonly #diagnostics: Diagnostic[];
	#room = MOST_SLOTS_TOGETHER;

	constructor(source: Source, structOps: StructOps, diagnostics: Diagnostic[]) {
		this.#source = source;
		this.#structOps = structOps;
		this.#diagnostics = diagnostics;
	}

	/** An object whose only code is in `.text` offers its global functions, and the user chooses a type. */
	programs(): ProgramSpec[] {
		const { object, functions } = this.#source;
		const sections = [...functions.keys()].sort((a, b) => a - b);
		const isText = (section: number) => object.sections[section]?.name === ".text";
		const named = sections.filter((s) => !isText(s)).flatMap((s) => this.#section(s));
		return named.length ? named : sections.filter(isText).flatMap((s) => this.#section(s));
	}

	#section(section: number): ProgramSpec[] {
		const all = this.#source.functions.get(section) ?? [];
		const name = this.#source.object.sections[section]?.name ?? "";
		if (name !== ".text" && all.every((f) => f.local))
			this.#diagnostics.push({
				severity: "warning",
				id: "elf/static",
				message: `section ${name} has static functions alone: libbpf takes none as a program`,
			});
		return all.filter((f) => !f.local).map((f) => this.#program(f, name));
	}

	#program(f: ElfFunction, section: string): ProgramSpec {
		const { fault, warnings, ...parts } = assemble(
			f,
			this.#source,
			Math.min(this.#room, MOST_SLOTS),
		);
		this.#room -= parts.insns.length / INSN_SIZE;
		const kind = sectionType(section);
		const type = kind && (kind.exact ? { type: kind.type } : { typeGuess: kind.type });
		const refusal = fault ?? this.#refusal(f, kind);
		const all = refusal === undefined ? warnings : [refusal, ...warnings];
		const needsTarget = fault === undefined && refusal !== undefined && takesTarget(kind);
		const id = needsTarget ? "elf/no-target" : "elf/refused";
		for (const text of all)
			this.#diagnostics.push({
				severity: "warning",
				id: text === refusal ? id : "elf/subprogram",
				message: `program ${f.name}: ${text}`,
			});
		const foreign = this.#source.object.bigEndian ? { unsupported: "big-endian programs" } : {};
		return {
			name: f.name,
			section,
			...type,
			...(kind?.autoload === false ? { autoload: false } : {}),
			expectedAttachType: kind?.attachType ?? 0,
			flags: kind?.flags ?? 0,
			...this.#attachment(f, kind),
			...parts,
			...foreign,
			...(refusal === undefined ? {} : { fault: refusal }),
			...(needsTarget ? { needsTarget } : {}),
		};
	}

	#refusal(f: ElfFunction, kind: ReturnType<typeof sectionType>): string | undefined {
		const { target } = this.#source;
		const rule = kind && attachKinds[kind.attachType];
		if (kind?.type === BPF_PROG_TYPE_EXT)
			return kind.target === "" ? NO_TARGET : "attach program FD is not set";
		if (rule && target && attachTarget(kind, target).attachBtfId === undefined)
			return kind.target === ""
				? NO_TARGET
				: `failed to find kernel BTF type ID of '${kind.target}': -ESRCH`;
		if (kind?.type !== BPF_PROG_TYPE_STRUCT_OPS) return undefined;
		const refused = this.#structOps.refused.get(f.name);
		if (refused !== undefined) return target && refused;
		return this.#structOps.programs.has(f.name) ? undefined : "no struct_ops variable refers to it";
	}

	#attachment(
		f: ElfFunction,
		kind: ReturnType<typeof sectionType>,
	): { attachBtfId?: number; expectedAttachType?: number } {
		const place = this.#structOps.programs.get(f.name);
		if (kind?.type === BPF_PROG_TYPE_STRUCT_OPS)
			return place ? { attachBtfId: place.attachBtfId, expectedAttachType: place.member } : {};
		return attachTarget(kind, this.#source.target);
	}
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

const NO_TARGET = "no BTF-based attach target is specified, use bpf_program__set_attach_target()";

/** Whether programs of the section can be attached to a program. */
function takesTarget(section: ReturnType<typeof sectionType>): boolean {
	return section?.type === BPF_PROG_TYPE_EXT || section?.type === BPF_PROG_TYPE_TRACING;
}

function attachTarget(
	section: ReturnType<typeof sectionType>,
	kernel: Target | undefined,
): { attachBtfId?: number } {
	const rule = section && attachKinds[section.attachType];
	const id = rule && kernel && idOf(kernel, `${rule.prefix}${section.target}`, rule.kind);
	return id === undefined ? {} : { attachBtfId: id };
}

function textSection(object: Relocatable, name: string): string {
	const bytes = object.sections.find((s) => s.name === name)?.bytes ?? new Uint8Array();
	const end = bytes.indexOf(0);
	return fromUtf8(end < 0 ? bytes : bytes.subarray(0, end));
}

function numberSection(object: Relocatable, name: string): number {
	const bytes = object.sections.find((s) => s.name === name)?.bytes;
	return bytes && bytes.length >= 4 ? view(bytes).getUint32(0, !object.bigEndian) : 0;
}
