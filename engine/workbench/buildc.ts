// A C file of the user's → ObjectFile: the compiler, then the loading rules that an object from elsewhere goes through too.

import type { Diagnostic } from "../base/index.ts";
import {
	builtinHeaders,
	type Compiled,
	type CompilerMemory,
	compileSource,
	type Files,
} from "../cc/index.ts";
import { loadRelocatable, type Target } from "../elf/index.ts";
import type { ObjectFile, Relocatable } from "../object/index.ts";

export interface Built {
	/** Absent when nothing could be made. */
	readonly object?: ObjectFile;
	/** Of a compiled file: the object before loading rules. */
	readonly relocatable?: Relocatable;
	readonly diagnostics: readonly Diagnostic[];
	/** The text, for source files: diagnostics point into it. */
	readonly source?: string;
}

const builtin = builtinHeaders();

/** What the preprocessor finds where there are no files: the compiler's own headers alone. */
export const noFiles: Files = { read: () => undefined, builtin };

/** Compiles and reads a C file; `name` is the object's, the file's without its extension. `memory` makes the next build of nearly the
 *  same text quick. */
export function buildC(
	path: string,
	source: string,
	name: string,
	files: Files,
	target?: Target,
	memory?: CompilerMemory,
): Built {
	const options = { ...files, groups: ["all"], ...(memory ? { memory } : {}) };
	const made = compileSource({ name: path, text: source }, options);
	const { diagnostics } = made;
	if (!made.value) return { diagnostics, source };
	const read = loadRelocatable(made.value.object, name, target ? { target } : {});
	return {
		diagnostics: [...diagnostics, ...read.diagnostics],
		source,
		...(read.value ? { object: withVariables(read.value, made.value.functions) } : {}),
		relocatable: made.value.object,
	};
}

/** Where the compiler keeps each variable, moved to where the loader has put the functions. */
function withVariables(object: ObjectFile, functions: Compiled["functions"]): ObjectFile {
	const made = new Map(functions.map((f) => [f.name, f.variables]));
	const programs = object.programs.map((program) => ({
		...program,
		variables: program.functions.flatMap(({ name, insn }) =>
			(made.get(name) ?? []).map((v) => ({ ...v, start: v.start + insn, end: v.end + insn })),
		),
	}));
	return { ...object, programs };
}

/** The other files of a project as headers, by their paths. */
export function projectFiles(
	files: readonly { readonly path: string; readonly text?: string }[],
): Files {
	const texts = new Map(files.map((f) => [f.path, f.text]));
	return { read: (path) => texts.get(path.replace(/^(\.\/)+/, "")), builtin };
}
