// What the editor asks about the C files of a project: completion, hover, definition, uses, rename, outline. One analysis is kept for each
// state of the files.

import type { Span, TextEdit } from "../base/index.ts";
import {
	type Analysis,
	analyse,
	builtinHeaderNames,
	builtinHeaders,
	CompilerMemory,
	type Completions,
	completionsAt,
	definitionAt,
	type Hover,
	hoverAt,
	type OutlineItem,
	outline,
	renameAt,
	usesAt,
} from "../cc/index.ts";
import { projectFiles } from "./buildc.ts";
import type { Project } from "./project.ts";

export type { Completions, Hover, OutlineItem } from "../cc/index.ts";
export { formatSource } from "../cc/index.ts";

/** Where a name is declared; `text` is there for a header that is not a file of the project. */
export interface SourceDefinition {
	readonly span: Span;
	readonly text?: string;
}

/** The text of a built-in header, by the file of a diagnostic's place; undefined for other files. */
export function headerText(file: string): string | undefined {
	const name = /^<built-in>\/(.*)$/.exec(file)?.[1];
	return name === undefined ? undefined : builtinHeaders()(name);
}

export class SourceServices {
	#files: Project["files"] | undefined;
	#analyses = new Map<string, Analysis>();
	/** By the file that is analysed; completion reads a text of its own. */
	readonly #memories = new Map<string, CompilerMemory>();
	readonly #shared = new CompilerMemory();

	complete(project: Project, path: string, offset: number): Completions | undefined {
		const main = textFile(project, path);
		if (!main) return undefined;
		const own = project.files.map((f) => f.path).filter((p) => p.endsWith(".h"));
		const options = {
			...projectFiles(project.files),
			headers: [...own, ...builtinHeaderNames()],
			memory: this.#memory(`completion ${path}`),
		};
		return completionsAt(main, offset, options);
	}

	hover(project: Project, path: string, offset: number): Hover | undefined {
		const analysis = this.#analysis(project, path);
		return analysis && hoverAt(analysis, path, offset);
	}

	definition(project: Project, path: string, offset: number): SourceDefinition | undefined {
		const analysis = this.#analysis(project, path);
		const found = analysis && definitionAt(analysis, path, offset);
		if (!found) return undefined;
		const { span, text } = found;
		return project.files.some((f) => f.path === span.file) ? { span } : { span, text };
	}

	uses(project: Project, path: string, offset: number): Span[] {
		const analysis = this.#analysis(project, path);
		return analysis ? usesAt(analysis, path, offset) : [];
	}

	rename(
		project: Project,
		path: string,
		offset: number,
		name: string,
	): { readonly edits: readonly TextEdit[] } | { readonly error: string } {
		const analysis = this.#analysis(project, path);
		return analysis
			? renameAt(analysis, path, offset, name)
			: { error: "There is nothing here that could be renamed." };
	}

	outline(project: Project, path: string): OutlineItem[] {
		const analysis = this.#analysis(project, path);
		return analysis ? outline(analysis, path) : [];
	}

	#memory(use: string): CompilerMemory {
		const known = this.#memories.get(use) ?? new CompilerMemory(this.#shared);
		this.#memories.set(use, known);
		return known;
	}

	/** The check of the file, or of the file that is built when `path` is a header. */
	#analysis(project: Project, path: string): Analysis | undefined {
		if (this.#files !== project.files) this.#analyses.clear();
		this.#files = project.files;
		const from = path.endsWith(".h") && project.entry.endsWith(".c") ? project.entry : path;
		const known = this.#analyses.get(from);
		if (known) return known;
		const main = textFile(project, from);
		if (!main) return undefined;
		const memory = this.#memory(from);
		const made = analyse(main, { ...projectFiles(project.files), memory });
		this.#analyses.set(from, made);
		return made;
	}
}

function textFile(project: Project, path: string): { name: string; text: string } | undefined {
	const file = project.files.find((f) => f.path === path);
	return file && "text" in file && /\.[ch]$/i.test(path)
		? { name: path, text: file.text }
		: undefined;
}
