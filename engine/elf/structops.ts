// `.struct_ops` sections → maps of BPF_MAP_TYPE_STRUCT_OPS, laid out as the kernel's own struct, and what the programs in their
// function pointers attach to (docs.kernel.org/bpf/libbpf/program_types.html).

import type { Diagnostic } from "../base/index.ts";
import { type Btf, type BtfMember, resolveType, sizeOf } from "../btf/index.ts";
import type { MapSpec, Relocatable, SectionData } from "../object/index.ts";
import { idOf, type Target } from "./core/relocate.ts";
import { essentialName } from "./core/spec.ts";

const BPF_MAP_TYPE_STRUCT_OPS = 26;
const BPF_F_LINK = 1 << 13;
/** Largest struct that is made. */
const MOST_BYTES = 1 << 20;
const names = /^\??\.struct_ops(\.link)?$/;

/** Of a program: id of the struct in the kernel's BTF, and which member it fills. */
interface StructOpsPlace {
	readonly attachBtfId: number;
	readonly member: number;
}

export interface StructOps {
	readonly specs: readonly MapSpec[];
	/** By program name. */
	readonly programs: ReadonlyMap<string, StructOpsPlace>;
	/** Programs that fill a member which the kernel needs and Skep cannot place, with the reason. */
	readonly refused: ReadonlyMap<string, string>;
	readonly diagnostics: readonly Diagnostic[];
}

/** Reads all struct_ops sections. Without the kernel's types the maps keep the object's own layout. */
export function readStructOps(
	object: Relocatable,
	btf: Btf | undefined,
	target: Target | undefined,
): StructOps {
	const reader = new Reader(object, btf, target);
	for (const section of object.sections)
		if (names.test(section.name) && section.bytes.length > 0) reader.section(section);
	return reader;
}

interface Variable {
	readonly name: string;
	readonly offset: number;
	readonly struct: number;
}

class Reader implements StructOps {
	readonly specs: MapSpec[] = [];
	readonly programs = new Map<string, StructOpsPlace>();
	readonly refused = new Map<string, string>();
	readonly diagnostics: Diagnostic[] = [];
	readonly #object: Relocatable;
	readonly #btf: Btf | undefined;
	readonly #target: Target | undefined;

	constructor(object: Relocatable, btf: Btf | undefined, target: Target | undefined) {
		this.#object = object;
		this.#btf = btf;
		this.#target = target;
	}

	section(section: SectionData): void {
		const btf = this.#btf;
		const datasec = btf?.types.find((t) => t.kind === "datasec" && t.name === section.name);
		if (!btf || datasec?.kind !== "datasec") {
			this.#problem(section.name, "there is no BTF that describes it");
			return;
		}
		for (const { type, offset } of datasec.vars) {
			const variable = btf.types[type];
			const struct = resolveType(btf, type);
			const name = variable?.kind === "var" ? variable.name : "";
			if (struct?.type.kind !== "struct" || struct.type.name === "")
				this.#problem(name, "it is not a struct with a name");
			else if (offset + struct.type.size > section.bytes.length)
				this.#problem(name, "it reaches past its section");
			else this.#map(section, { name, offset, struct: struct.id });
		}
	}

	#problem(name: string, message: string): void {
		const text = `struct_ops ${name}: ${message}`;
		this.diagnostics.push({ severity: "warning", id: "elf/structops", message: text });
	}

	/** Names of the programs in the function pointers, by offset in the struct. */
	#pointers(section: SectionData, { offset, struct }: Variable): Map<number, string> {
		const size = (this.#btf && sizeOf(this.#btf, struct)) ?? 0;
		const found = new Map<number, string>();
		for (const r of section.relocations) {
			if (r.offset < offset || r.offset >= offset + size) continue;
			const symbol = this.#object.symbols[r.symbol];
			if (!symbol) continue;
			const value = symbol.value;
			const named = this.#object.symbols.find(
				(s) => s.kind === "function" && s.section === symbol.section && s.value === value,
			);
			found.set(r.offset - offset, (symbol.kind === "section" ? named : symbol)?.name ?? "");
		}
		return found;
	}

	#map(section: SectionData, variable: Variable): void {
		const btf = this.#btf;
		const struct = btf?.types[variable.struct];
		if (!btf || struct?.kind !== "struct") return;
		const { offset } = variable;
		const kernel = this.#kernelTypes(struct.name);
		const bytes = section.bytes.subarray(offset, offset + struct.size);
		const pointers = this.#pointers(section, variable);
		const value = new Uint8Array(kernel?.size ?? struct.size);
		const slots: { key: number; target: string }[] = [];
		for (const member of struct.members) {
			const program = pointers.get(member.bitOffset / 8);
			const fault = kernel ? this.#member(member, bytes, program, kernel, value, slots) : undefined;
			if (fault === undefined || section.name.startsWith("?")) continue;
			this.#problem(variable.name, `member ${member.name}: ${fault}`);
			if (program !== undefined) this.refused.set(program, fault);
		}
		if (!kernel) {
			value.set(bytes);
			for (const [key, program] of pointers) {
				slots.push({ key, target: program });
				this.refused.set(
					program,
					`struct_ops init_kern: struct bpf_struct_ops_${struct.name} is not found in kernel BTF`,
				);
			}
		}
		this.specs.push({
			name: variable.name,
			type: BPF_MAP_TYPE_STRUCT_OPS,
			keySize: 4,
			valueSize: value.length,
			maxEntries: 1,
			flags: section.name.endsWith(".link") ? BPF_F_LINK : 0,
			...(kernel ? { btfVmlinuxValueTypeId: kernel.valueId } : {}),
			...(section.name.startsWith("?") ? { autocreate: false } : {}),
			init: [{ key: new Uint8Array(4), value }],
			declared: {
				section: section.name,
				bytes: bytes.slice(),
				slots: [...pointers].map(([key, target]) => ({ key, target })),
			},
			...(slots.length ? { slots } : {}),
		});
	}

	#kernelTypes(name: string): Kernel | undefined {
		const target = this.#target;
		if (!target) return undefined;
		const plain = essentialName(name);
		const valueId = idOf(target, `bpf_struct_ops_${plain}`, "struct");
		const id = idOf(target, plain, "struct");
		const wrapper = valueId === undefined ? undefined : target.btf.types[valueId];
		const struct = id === undefined ? undefined : target.btf.types[id];
		if (valueId === undefined || id === undefined) return undefined;
		if (wrapper?.kind !== "struct" || struct?.kind !== "struct") return undefined;
		const data = wrapper.members.find((m) => m.type === id);
		if (!data || wrapper.size > MOST_BYTES) return undefined;
		const { size } = wrapper;
		return { btf: target.btf, valueId, id, size, at: data.bitOffset / 8, members: struct.members };
	}

	#member(
		member: BtfMember,
		bytes: Uint8Array,
		program: string | undefined,
		kernel: Kernel,
		value: Uint8Array,
		slots: { key: number; target: string }[],
	): string | undefined {
		const btf = this.#btf;
		const size = btf && sizeOf(btf, member.type);
		if (!btf || size === undefined) return "its type has no size";
		const from = member.bitOffset / 8;
		const own = bytes.subarray(from, from + size);
		const index = kernel.members.findIndex((m) => m.name === member.name);
		const twin = kernel.members[index];
		if (!twin) {
			if (program !== undefined) return "the kernel's struct does not have it";
			return own.some((b) => b !== 0) ? "the kernel's struct does not have it" : undefined;
		}
		if (member.bitSize || twin.bitSize) return "bit-fields are not possible here";
		const [a, b] = [resolveType(btf, member.type), resolveType(kernel.btf, twin.type)];
		if (a?.type.kind !== b?.type.kind) return "the kernel's has another kind of type";
		const to = kernel.at + twin.bitOffset / 8;
		if (a?.type.kind === "ptr") {
			if (program === undefined) return undefined;
			return this.#pointer(program, kernel, index, to, slots);
		}
		if (sizeOf(kernel.btf, twin.type) !== size) return "the kernel's has another size";
		if (to + own.length > value.length) return "the kernel's reaches past its struct";
		value.set(own, to);
		return undefined;
	}

	#pointer(
		program: string,
		kernel: Kernel,
		member: number,
		key: number,
		slots: { key: number; target: string }[],
	): string | undefined {
		const known = this.programs.get(program);
		if (known && (known.attachBtfId !== kernel.id || known.member !== member))
			return `program ${program} already fills another member`;
		this.programs.set(program, { attachBtfId: kernel.id, member });
		slots.push({ key, target: program });
		return undefined;
	}
}

interface Kernel {
	readonly btf: Btf;
	/** The struct that wraps the operations as the map's value. */
	readonly valueId: number;
	readonly id: number;
	readonly size: number;
	/** Byte offset of the operations in the value. */
	readonly at: number;
	readonly members: readonly BtfMember[];
}
