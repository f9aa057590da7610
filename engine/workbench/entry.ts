// The entry file of a project → a build: the object with what the scenario changes in it, and the object before loading rules.

import { fromHex, type Outcome } from "../base/index.ts";
import type { CompilerMemory } from "../cc/index.ts";
import { readRelocatable, relocatableOf, type Target } from "../elf/index.ts";
import type { MapSpec, ObjectFile, Relocatable } from "../object/index.ts";
import { decodeBase64Url } from "./base64url.ts";
import { type Built, buildFile, buildText, stem } from "./build.ts";
import { buildC, projectFiles } from "./buildc.ts";
import type { BuiltProgram } from "./programs.ts";
import type { Project } from "./project.ts";

export interface Build {
	readonly revision: number;
	readonly project: Project;
	readonly object: ObjectFile;
	readonly programs: readonly BuiltProgram[];
	/** Of C: what the compiler made. */
	readonly relocatable: Relocatable | undefined;
	/** The kernel's types that it was relocated to and is judged against. */
	readonly target: Target | undefined;
}

export function buildEntry(
	project: Project,
	target: Target | undefined,
	memory: CompilerMemory,
): Built {
	const file = project.files.find((f) => f.path === project.entry);
	if (!file) return { diagnostics: [] };
	if ("text" in file && /\.c$/i.test(file.path))
		return buildC(
			file.path,
			file.text,
			stem(file.path),
			projectFiles(project.files),
			target,
			memory,
		);
	return "text" in file
		? buildText(file.path, file.text)
		: buildFile(file.path, decodeBase64Url(file.base64), target);
}

/** Frozen maps start with what the scenario says: the verifier reads their contents. */
export function withStart(object: ObjectFile, contents: Project["scenario"]["maps"]): ObjectFile {
	const changes = (map: MapSpec) => map.frozen && contents[map.name] !== undefined;
	if (!object.maps.some(changes)) return object;
	const maps = object.maps.map((map) => {
		if (!changes(map)) return map;
		const init = (contents[map.name] ?? []).map(({ key, value }) => ({
			key: fromHex(key) ?? new Uint8Array(map.keySize),
			value: fromHex(value) ?? new Uint8Array(map.valueSize),
		}));
		return { ...map, init };
	});
	return { ...object, maps };
}

/** The object of a build before loading rules: the compiler's, the dropped file's, or made from the program. */
export function relocatableFor({ project, object, relocatable }: Build): Outcome<Relocatable> {
	if (relocatable) return { value: relocatable, diagnostics: [] };
	const file = project.files.find((f) => f.path === project.entry);
	if (file && "base64" in file) return readRelocatable(decodeBase64Url(file.base64));
	return relocatableOf(object, file ? { sources: { [file.path]: file.text } } : {});
}
