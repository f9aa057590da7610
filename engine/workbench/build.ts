// A file of any kind that Skep reads → ObjectFile: C, assembly text, ELF objects, raw instructions. The kind is told by the name.

import { assemble } from "../asm/index.ts";
import { fromUtf8 } from "../base/index.ts";
import type { Files } from "../cc/index.ts";
import { readObject, type Target } from "../elf/index.ts";
import { INSN_SIZE } from "../isa/index.ts";
import { type Built, buildC, noFiles } from "./buildc.ts";

/** Largest file that is built, in bytes. */
export const FILE_LIMIT = 64 << 20;

export type { Built } from "./buildc.ts";

/** Builds `bytes` as what the extension of `path` says: .c .s .S .asm .bpf .o .bin; ELF is also known by its magic number. `files` are
 *  the headers of a C file. */
export function buildFile(
	path: string,
	bytes: Uint8Array,
	target?: Target,
	files: Files = noFiles,
): Built {
	if (bytes.length > FILE_LIMIT)
		return refused(`${path} has ${bytes.length} bytes, at most ${FILE_LIMIT} are read`);
	const file = path.replace(/^.*[/\\]/, "");
	const extension = /\.([A-Za-z0-9]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
	const isElf = bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
	if (isElf || extension === "o") {
		const { value, diagnostics } = readObject(bytes, stem(file), target ? { target } : {});
		return { diagnostics, ...(value ? { object: value } : {}) };
	}
	if (extension === "bin") return rawInstructions(file, bytes);
	if (extension === "c") return buildC(path, fromUtf8(bytes), stem(file), files, target);
	if (extension === "h") return refused(`${path} is a header: a .c file that includes it is built`);
	return buildText(file, fromUtf8(bytes));
}

/** Builds assembly text. */
export function buildText(file: string, source: string): Built {
	const { value, diagnostics } = assemble(source, file);
	return { diagnostics, source, ...(value ? { object: value } : {}) };
}

/** libbpf's object name: the file's without directories, `.bpf` and extension. */
export function stem(path: string): string {
	return path
		.replace(/^.*[/\\]/, "")
		.replace(/\.[oc]$/, "")
		.replace(/\.bpf$/, "");
}

function refused(message: string): Built {
	const id = "build/unreadable";
	return {
		diagnostics: [{ severity: "error", id, message }],
	};
}

function rawInstructions(file: string, bytes: Uint8Array): Built {
	if (bytes.length % INSN_SIZE !== 0 || bytes.length === 0)
		return refused(
			`${file}: ${bytes.length} bytes; whole instructions of ${INSN_SIZE} bytes were expected`,
		);
	const name = stem(file.replace(/\.bin$/, ""));
	return {
		diagnostics: [],
		object: {
			name,
			license: "GPL",
			kernVersion: 0,
			maps: [],
			programs: [
				{
					name,
					section: "",
					expectedAttachType: 0,
					flags: 0,
					insns: bytes,
					relocations: [],
					functions: [{ insn: 0, name, typeId: 0 }],
					lines: [],
				},
			],
		},
	};
}
