// What a section name says: code, data or neither. The program types of names are abi's.

export type SectionKind = "code" | "data" | "license" | "version" | "ignored" | "maps";

/** What the section holds; `flags` is the quoted word of the directive, as in `"ax"`. */
export function sectionKind(name: string, flags: string): SectionKind {
	if (name === "license") return "license";
	if (name === "version") return "version";
	if (name === ".maps" || name === "maps") return "maps";
	if (/^\.(data|rodata|bss)(\.|$)/.test(name)) return "data";
	if (/^\.(text|BTF|debug|note|rel|symtab|strtab|llvm|comment|eh_frame|ksyms|kconfig)/.test(name))
		return name === ".text" || name.startsWith(".text.") ? "code" : "ignored";
	if (flags.includes("x") || !flags.includes("w")) return "code";
	return "data";
}
