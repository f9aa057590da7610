// Names for the log: instructions, source lines and types of one program.

import type { Btf } from "../btf/index.ts";
import type { Code } from "../isa/index.ts";
import {
	BPF_PSEUDO_BTF_ID,
	BPF_PSEUDO_MAP_FD,
	BPF_PSEUDO_MAP_VALUE,
	printInsn,
} from "../isa/index.ts";
import type { LineSpec, LoadRequest, MapSpec } from "../object/index.ts";
import { plainHelperName } from "./callees.ts";
import type { Printer } from "./env.ts";
import { MAP_ARENA } from "./maps.ts";

/** Stands for the kernel's address of map `index`, which no two loads have in common. */
function mapAddress(index: number, off: number): string {
	return `0xffff8881${(0x1000000 + index * 0x10000 + off).toString(16).padStart(8, "0")}`;
}

/** Where an arena lies that says nothing else. */
const ARENA_ADDRESS = 2 ** 44;

function imm64(maps: readonly MapSpec[], code: Code, pc: number): string | undefined {
	const src = code.src[pc];
	if (src === BPF_PSEUDO_BTF_ID) {
		const id = 0x2000000 + (code.imm[pc] ?? 0);
		return `0xffffffff8${id.toString(16).padStart(7, "0")}`;
	}
	if (src !== BPF_PSEUDO_MAP_FD && src !== BPF_PSEUDO_MAP_VALUE) return undefined;
	const off = src === BPF_PSEUDO_MAP_VALUE ? (code.imm[pc + 1] ?? 0) : 0;
	const map = maps[code.imm[pc] ?? 0];
	if (src === BPF_PSEUDO_MAP_VALUE && map?.type === MAP_ARENA)
		return `0x${((map.extra || ARENA_ADDRESS) + off).toString(16)}`;
	return mapAddress(code.imm[pc] ?? 0, off);
}

function namesFor(kernel: Btf | undefined, maps: readonly MapSpec[]) {
	return {
		helper: plainHelperName,
		kfunc(code: Code, pc: number): string | undefined {
			// Kfunc 0 is no function, and has no name.
			if (code.src[pc] === 2 && code.imm[pc] === 0) return "";
			const found = code.src[pc] === 2 ? kernel?.types[code.imm[pc] ?? 0] : undefined;
			return found?.kind === "func" ? found.name : undefined;
		},
		imm64: (code: Code, pc: number) => imm64(maps, code, pc),
	};
}

export function makePrinter(
	request: LoadRequest,
	btf: Btf | undefined,
	kernel: Btf | undefined,
): Printer {
	const names = namesFor(kernel, request.maps);
	const lines = btf ? request.lines : [];
	const texts = new Array<string | undefined>(request.code.length);
	const lineOf = (index: number) => lines[index] as LineSpec;
	return {
		insn(pc) {
			texts[pc] ??= printInsn(request.code, pc, names);
			return texts[pc] as string;
		},
		lineIndex(pc) {
			let low = 0;
			let high = lines.length - 1;
			while (low <= high) {
				const middle = (low + high) >> 1;
				if (lineOf(middle).insn <= pc) low = middle + 1;
				else high = middle - 1;
			}
			return high;
		},
		sameLine(a, b) {
			const x = lineOf(a);
			const y = lineOf(b);
			return x.fileNameOff === y.fileNameOff && x.lineCol >>> 10 === y.lineCol >>> 10;
		},
		lineText(index) {
			const line = lineOf(index);
			const text = (btf?.string(line.lineOff) ?? "").trimStart();
			const file = btf?.string(line.fileNameOff) ?? "";
			return `${text} @ ${file.slice(file.lastIndexOf("/") + 1)}:${line.lineCol >>> 10}\n`;
		},
		btfName(type) {
			// The kernel's types by their ids, the program's by theirs with the sign turned.
			const found = type < 0 ? btf?.types[-type] : kernel?.types[type];
			return found && "name" in found ? found.name : "";
		},
	};
}
