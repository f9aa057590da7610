// What the first keys in a C program would wait for, done beforehand in short steps: the program built with an insignificant change and
// verified, its declarations read for the editor, names completed. It leaves no build behind that is shown.

import type { CompilerMemory } from "../cc/index.ts";
import type { Target } from "../elf/index.ts";
import { loadRequest } from "../object/index.ts";
import { buildEntry } from "./entry.ts";
import { builtPrograms } from "./programs.ts";
import type { Project } from "./project.ts";
import type { SourceServices } from "./source.ts";
import { Verification } from "./verification.ts";

/** Milliseconds of one step after which the machine is too slow for a key to wait for the next. */
const STEP_MS = 250;

export interface Warmable {
	readonly project: Project;
	readonly target: Target | undefined;
	readonly memory: CompilerMemory;
	readonly source: SourceServices;
}

/** Answers once for each step whether another follows. */
export function* warming(open: Warmable): Generator<boolean> {
	const { project, source } = open;
	const text = textOf(project);
	if (!/\.c$/i.test(project.entry) || text === "") return;
	const steps = [
		() => verifiedWith(open, `// \n${text}`),
		() => source.outline(project, project.entry),
		() => source.complete(project, project.entry, text.lastIndexOf("}")),
		() => verifiedWith(open, text.replace(/;(?=[^;]*$)/, " ;")),
		// Last the text itself: the next change is of it.
		() => verifiedWith(open, text),
	];
	for (const step of steps) {
		const started = performance.now();
		step();
		if (performance.now() - started > STEP_MS) return;
		yield true;
	}
}

function textOf({ files, entry }: Project): string {
	const file = files.find((f) => f.path === entry);
	return file && "text" in file ? file.text : "";
}

/** Builds the project with another text of its entry, and verifies the first program. */
function verifiedWith({ project, target, memory }: Warmable, text: string): void {
	const { entry } = project;
	const files = project.files.map((f) => (f.path === entry ? { path: entry, text } : f));
	const { object } = buildEntry({ ...project, files }, target, memory);
	const program = object && builtPrograms(object, undefined)[0];
	if (!program || program.type === undefined || program.spec.unsupported || program.spec.fault)
		return;
	const request = loadRequest(object, program.spec, program.type);
	new Verification(0, program, request, target?.btf).reply();
}
