// C in the editor: colours and brackets from the editor library's own grammar, with the names that eBPF C is written with.

import { conf, language } from "monaco-editor/languages/definitions/cpp/cpp";
import { monaco } from "./monaco.ts";

export const cLanguageId = "ebpf-c";

/** Words of libbpf's headers that read like keywords. */
const words = [
	"SEC",
	"__uint",
	"__type",
	"__array",
	"__ulong",
	"__always_inline",
	"__noinline",
	"__weak",
	"__hidden",
	"__ksym",
	"__kconfig",
	"__kptr",
	"__arg_ctx",
	"__arg_nonnull",
	"__arg_nullable",
	"__arg_trusted",
	"__arg_arena",
	"__attribute__",
	"__typeof__",
	"typeof",
	"_Static_assert",
	"_Generic",
	"_Bool",
	"__builtin_preserve_access_index",
];

const types = ["8", "16", "32", "64"].flatMap((bits) => [
	`__u${bits}`,
	`__s${bits}`,
	`u${bits}`,
	`s${bits}`,
	`__be${bits}`,
	`__le${bits}`,
	`uint${bits}_t`,
	`int${bits}_t`,
]);

/** Words of C++ that C leaves free. */
const foreign = new Set(
	"class namespace template this throw try catch new delete private public protected virtual friend explicit mutable operator using".split(
		" ",
	),
);

/** Answers whether it was not there before. */
export function registerC(): boolean {
	if (monaco.languages.getLanguages().some((l) => l.id === cLanguageId)) return false;
	monaco.languages.register({ id: cLanguageId, extensions: [".c", ".h"] });
	monaco.languages.setLanguageConfiguration(cLanguageId, conf);
	const known: unknown = language["keywords"];
	const keywords = Array.isArray(known) ? known.filter((k: string) => !foreign.has(k)) : [];
	monaco.languages.setMonarchTokensProvider(cLanguageId, {
		...language,
		keywords: [...keywords, ...words, ...types],
	});
	return true;
}

/** The language of a file of the project. */
export function languageOf(path: string, other: string): string {
	return /\.[ch]$/i.test(path) || path.startsWith("header:") ? cLanguageId : other;
}
