// The headers that every program can include without bringing them: the kernel's interface, libbpf's macros, what C asks of a
// compiler. Values and layouts are those of Linux 6.18 for x86-64 and of libbpf 1.7; the text is our own.

import { aliases, files } from "./files.ts";
import { enumsHeader, helpersHeader } from "./generated.ts";

/** All built-in headers: name, as between `<` and `>`, to text. About 1 MB; make it once. */
export function headers(): ReadonlyMap<string, string> {
	const all = new Map(Object.entries(files));
	all.set("skep/bpf_enums.h", enumsHeader());
	all.set("bpf/bpf_helper_defs.h", helpersHeader());
	for (const [name, target] of Object.entries(aliases)) all.set(name, `#include <${target}>\n`);
	// The kernel's own samples say `uapi/linux/…` for the same.
	for (const name of [...all.keys()])
		if (/^(?:linux|asm)\//.test(name)) all.set(`uapi/${name}`, `#include <${name}>\n`);
	return all;
}
