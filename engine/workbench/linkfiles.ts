// Several objects of the page's → one: read, linked, written again. The errors are the reader's and the linker's.

import { readRelocatable, writeRelocatable } from "../elf/index.ts";
import { type LinkInput, linkObjects } from "../link/index.ts";
import type { LinkedFile, LinkReply } from "./protocol.ts";

export function linkFiles(files: readonly LinkedFile[]): LinkReply {
	const inputs: LinkInput[] = [];
	for (const { name, bytes } of files) {
		const { value, diagnostics } = readRelocatable(bytes);
		if (!value) return { error: `${name}: ${diagnostics[0]?.message ?? "cannot be read"}` };
		inputs.push({ name, object: value });
	}
	const { value, diagnostics } = linkObjects(inputs);
	return value
		? { bytes: writeRelocatable(value) }
		: { error: diagnostics[0]?.message ?? "the objects cannot be linked" };
}
