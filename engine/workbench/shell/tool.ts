// One call of bpftool: its options, the kernel it looks at, what it prints.

import type { LoadedProgram } from "../../kernel/index.ts";
import type { BpfMap } from "../../maps/index.ts";
import type { ProgramSpec } from "../../object/index.ts";
import type { Installation } from "../install.ts";
import { programTag } from "../serve/tag.ts";
import { ShellError, type TerminalHost } from "./host.ts";
import { toJson, type Value } from "./json.ts";

/** A program that the simulated kernel holds. */
export interface KernelProgram {
	readonly spec: ProgramSpec;
	readonly loaded: LoadedProgram;
	readonly tag: string;
}

/** A program that is not there, and why. */
export interface MissingProgram {
	readonly name: string;
	readonly why: string;
}

const NAME_LENGTH = 15;

export class Tool {
	readonly host: TerminalHost;
	readonly json: boolean;
	readonly pretty: boolean;
	#installation: Installation | undefined;

	constructor(host: TerminalHost, options: { readonly json: boolean; readonly pretty: boolean }) {
		this.host = host;
		this.json = options.json;
		this.pretty = options.pretty;
	}

	get installation(): Installation {
		if (this.#installation) return this.#installation;
		const made = this.host.installation();
		if (typeof made === "string") throw new ShellError(made);
		this.#installation = made;
		return made;
	}

	/** The value as JSON, on one line or pretty. */
	print(value: Value): string {
		return `${toJson(value, this.pretty)}\n`;
	}

	/** Programs that the verifier accepts are in the kernel, loaded when they are first asked for. */
	programs(): { there: KernelProgram[]; missing: MissingProgram[] } {
		const there: KernelProgram[] = [];
		const missing: MissingProgram[] = [];
		for (const spec of this.installation.object.programs) {
			const loaded = this.#load(spec);
			if (typeof loaded === "string") missing.push({ name: spec.name, why: loaded });
			else there.push({ spec, loaded, tag: tagOf(spec) });
		}
		there.sort((a, b) => a.loaded.id - b.loaded.id);
		return { there, missing };
	}

	#load(spec: ProgramSpec): LoadedProgram | string {
		const verdict = this.host.verdict(spec.name);
		if (verdict.kind === "rejected") return `rejected: ${verdict.message}`;
		if (verdict.kind === "unsupported") return `not supported by Skep: ${verdict.what}`;
		if (verdict.kind === "bug") return `Skep has a bug: ${verdict.message}`;
		const known = this.installation.kernel.programs().find((p) => p.name === spec.name);
		if (known) return known;
		const made = this.installation.load(spec.name, "jit");
		return "id" in made ? made : made.message;
	}

	/** The program that `id N`, `name N` or `tag T` at the front of `words` means; takes those words. */
	takeProgram(words: string[]): KernelProgram {
		const found = this.selectPrograms(words);
		const [first, second] = found;
		if (!first) throw new ShellError("no program matches");
		if (second) throw new ShellError("several programs match this handle");
		return first;
	}

	selectPrograms(words: string[]): KernelProgram[] {
		const kind = words.shift() ?? "";
		const handle = ["id", "tag", "name", "pinned"].find((k) => kind !== "" && k.startsWith(kind));
		if (handle === undefined)
			throw new ShellError(`expected 'id', 'tag', 'name' or 'pinned', got: '${kind}'?`);
		if (handle === "pinned") throw new ShellError("pinned objects are not supported by Skep");
		const word = words.shift();
		if (word === undefined) throw new ShellError(`what is '${kind}'?`);
		const { there } = this.programs();
		if (handle === "tag") return there.filter((p) => p.tag === word);
		if (handle === "name") return there.filter((p) => shortName(p.spec.name) === shortName(word));
		const id = idNumber(word);
		const found = there.find((p) => p.loaded.id === id);
		if (!found) throw new ShellError(`get by id (${id}): No such file or directory`);
		return [found];
	}

	/** The map that `id N` or `name N` at the front of `words` means; takes those words. */
	takeMap(words: string[]): BpfMap {
		const [first, second] = this.selectMaps(words);
		if (!first) throw new ShellError("no map matches");
		if (second) throw new ShellError("several maps match this handle");
		return first;
	}

	selectMaps(words: string[]): BpfMap[] {
		const kind = words.shift() ?? "";
		const handle = ["id", "name", "pinned"].find((k) => kind !== "" && k.startsWith(kind));
		if (handle === undefined)
			throw new ShellError(`expected 'id', 'name' or 'pinned', got: '${kind}'?`);
		if (handle === "pinned") throw new ShellError("pinned objects are not supported by Skep");
		const word = words.shift();
		if (word === undefined) throw new ShellError(`what is '${kind}'?`);
		if (handle === "name")
			return this.maps().filter((m) => shortName(m.spec.name) === shortName(word));
		const id = idNumber(word);
		const map = this.maps().find((m) => m.id === id);
		if (!map) throw new ShellError(`get map by id (${id}): No such file or directory`);
		return [map];
	}

	maps(): readonly BpfMap[] {
		return this.installation.kernel.maps();
	}
}

/** Names in the kernel have at most 15 bytes. */
export function shortName(name: string): string {
	return name.slice(0, NAME_LENGTH);
}

function idNumber(word: string): number {
	const id = Number(word);
	if (!/^(\d+|0x[0-9a-fA-F]+)$/.test(word)) throw new ShellError(`can't parse ${word} as ID`);
	return id;
}

/** The tag is that of the instructions with references to maps blanked, which is how objects hold them. */
function tagOf(spec: ProgramSpec): string {
	const bytes = spec.insns.slice();
	for (const { insn, kind } of spec.relocations) {
		const source = kind === "map" ? 1 : 2;
		bytes[8 * insn + 1] = ((bytes[8 * insn + 1] ?? 0) & 15) | (source << 4);
	}
	return programTag(bytes);
}
