// Headers that are written from the engine's tables: helper prototypes, and the numbers of maps, programs, attach points and helpers.

import { attachType, helpers, mapTypes, progNames } from "../../abi/index.ts";

const upper = (name: string) => name.toUpperCase();

function enumeration(
	name: string,
	rows: readonly (readonly [string, number])[],
	last: string,
): string {
	const lines = rows.map(([row, value]) => `\t${row} = ${value},\n`);
	return `enum ${name} {\n${lines.join("")}\t${last},\n};\n`;
}

/** `skep/bpf_enums.h`: the part of `linux/bpf.h` that grows with each release of Linux. */
export function enumsHeader(): string {
	const maps = mapTypes.flatMap((m): (readonly [string, number])[] => {
		if (!m) return [];
		const name = `BPF_MAP_TYPE_${upper(m.name)}`;
		const row = [name, m.id] as const;
		return name.endsWith("CGROUP_STORAGE") ? [row, [`${name}_DEPRECATED`, m.id]] : [row];
	});
	const programs = progNames.map((name, id) => [`BPF_PROG_TYPE_${upper(name)}`, id] as const);
	const attach = Object.entries(attachType).sort((a, b) => a[1] - b[1]);
	const functions = helpers.map((h) => [h.name.replace(/^bpf_/, "BPF_FUNC_"), h.id] as const);
	return [
		"// Numbers of Linux 6.18 that helpers, maps and programs go by.\n",
		"#ifndef __SKEP_BPF_ENUMS_H\n#define __SKEP_BPF_ENUMS_H\n\n",
		enumeration("bpf_map_type", [["BPF_MAP_TYPE_UNSPEC", 0], ...maps], "__MAX_BPF_MAP_TYPE"),
		enumeration("bpf_prog_type", programs, "__MAX_BPF_PROG_TYPE"),
		enumeration("bpf_attach_type", attach, "__MAX_BPF_ATTACH_TYPE"),
		enumeration("bpf_func_id", [["BPF_FUNC_unspec", 0], ...functions], "__BPF_FUNC_MAX_ID"),
		"\n#endif\n",
	].join("");
}

const integer = /\b([su])(8|16|32|64)\b/g;

/** `bpf/bpf_helper_defs.h`: each helper as a constant function pointer whose value is its number. */
export function helpersHeader(): string {
	const structs = new Set<string>();
	const lines = helpers.map((helper) => {
		const signature = helper.signature.replace(integer, "__$1$2");
		for (const [, name] of signature.matchAll(/\bstruct (\w+)/g)) structs.add(name ?? "");
		const split = signature.indexOf(`${helper.name}(`);
		const type = signature.slice(0, split).trimEnd();
		const parameters = signature.slice(split + helper.name.length);
		const fast = helper.protos.some((p) => p.fastcall) ? "__bpf_fastcall " : "";
		const pointer = `(* const ${helper.name})${parameters} = (void *) ${helper.id};`;
		return `// ${helper.doc}\n${fast}static ${type} ${pointer}\n`;
	});
	return [
		"// Helpers of Linux 6.18, each called by its number.\n",
		"#ifndef __BPF_HELPER_DEFS_H\n#define __BPF_HELPER_DEFS_H\n\n",
		"#include <asm/types.h>\n\n",
		"typedef __u16 __be16;\ntypedef __u32 __be32;\ntypedef __u32 __wsum;\n\n",
		"#ifndef __bpf_fastcall\n#if __has_attribute(bpf_fastcall)\n",
		"#define __bpf_fastcall __attribute__((bpf_fastcall))\n#else\n#define __bpf_fastcall\n#endif\n#endif\n\n",
		...[...structs].sort().map((name) => `struct ${name};\n`),
		"\n",
		...lines,
		"\n#endif\n",
	].join("");
}
