// Assembly text → ObjectFile. Reads LLVM's syntax, uBPF's mnemonics and the kernel's macros, line by line in any mixture.
// Knows nothing of ELF, C or the verifier.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { dataMapName, type MapSpec, type ObjectFile } from "../object/index.ts";
import { Cursor, isRegister } from "./cursor.ts";
import { define, parseDirective } from "./directive.ts";
import { fillMaps } from "./entry.ts";
import type { Item } from "./item.ts";
import { lex } from "./lex.ts";
import { link, type MapIndexes } from "./link.ts";
import { isKeyword, keywordNames, parseLlvm } from "./llvm.ts";
import { isMacro, macroNames, parseMacros } from "./macro.ts";
import { isMnemonic, mnemonics } from "./mnemonic.ts";
import { newItem } from "./operand.ts";
import { resolve } from "./resolve.ts";
import { type Lexed, spanOf, type Token } from "./token.ts";
import { isUbpfCall, parseUbpf } from "./ubpf.ts";
import { Unit } from "./unit.ts";

const BPF_MAP_TYPE_ARRAY = 2;
const BPF_F_RDONLY_PROG = 128;
const BPF_F_MMAPABLE = 1024;

/** An assembled source with what editor support wants of it: symbols and their uses. */
export interface Assembly {
	readonly outcome: Outcome<ObjectFile>;
	readonly unit: Unit;
	readonly lexed: Lexed;
}

/**
 * Assembles `source`; `file` names it in spans and, without its extension, the object. The value is absent when there
 * are errors. Never throws on any text. A source without a licence gets "GPL".
 */
export function assemble(source: string, file: string): Outcome<ObjectFile> {
	return analyse(source, file).outcome;
}

/** The same, with symbols. */
export function analyse(source: string, file: string): Assembly {
	const lexed = lex(source, file);
	const unit = new Unit(file);
	unit.diagnostics.push(...lexed.diagnostics);
	const { tokens } = lexed;
	for (let at = 0; at < tokens.length; ) {
		let end = at;
		while (end < tokens.length && tokens[end]?.kind !== "end") end++;
		new Statement(unit, source, tokens, at, end).read();
		at = end + 1;
	}
	const object = finish(unit, file);
	const diagnostics = inOrder(unit.diagnostics);
	const failed = diagnostics.some((d) => d.severity === "error");
	return { outcome: failed ? { diagnostics } : { value: object, diagnostics }, unit, lexed };
}

/** By place, and one problem said once. */
function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
	const seen = new Set<string>();
	return diagnostics
		.filter((d) => {
			const key = `${d.span?.start}:${d.id}:${d.message}`;
			return !seen.has(key) && seen.add(key);
		})
		.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/** One statement between two `end` tokens: labels, then a directive, a definition or an instruction. */
class Statement {
	readonly #unit: Unit;
	readonly #source: string;
	readonly #tokens: readonly Token[];
	readonly #end: number;
	#at: number;
	#log: { opcode: number; slot?: number } | undefined;

	constructor(unit: Unit, source: string, tokens: readonly Token[], at: number, end: number) {
		this.#unit = unit;
		this.#source = source;
		this.#tokens = tokens;
		this.#at = at;
		this.#end = end;
	}

	read(): void {
		this.#prefix();
		this.#labels();
		const token = this.#tokens[this.#at];
		if (!token || token.kind === "end") return;
		const c = new Cursor(this.#tokens, this.#at, this.#unit.file);
		if (token.kind === "name" && token.text.startsWith(".")) {
			c.next();
			parseDirective(c, this.#unit, this.#source, token);
			this.#close(c);
		} else if (token.kind === "name" && c.ahead(1).text === "=" && !isRegister(token)) {
			c.next();
			c.next();
			define(c, this.#unit, token);
			this.#close(c);
		} else this.#code(c, token);
	}

	#prefix(): void {
		const token = this.#tokens[this.#at];
		if (token?.kind !== "log") return;
		this.#at++;
		const opcode = /\(([0-9a-f]{2})\)/.exec(token.text)?.[1];
		const slot = token.value === undefined ? {} : { slot: Number(token.value) };
		this.#log = { opcode: opcode === undefined ? -1 : Number.parseInt(opcode, 16), ...slot };
	}

	#labels(): void {
		for (;;) {
			const token = this.#tokens[this.#at];
			const colon = this.#tokens[this.#at + 1];
			if (colon?.text !== ":" || colon.kind !== "mark") return;
			if (token?.kind !== "name" && token?.kind !== "number") return;
			this.#unit.define(token);
			this.#at += 2;
		}
	}

	#close(c: Cursor): void {
		c.finish();
		if (c.error) this.#unit.diagnostics.push(c.error);
	}

	#code(c: Cursor, token: Token): void {
		const section = this.#unit.current;
		if (section.kind === "ignored" || section.kind === "maps") return;
		if (section.kind !== "code") {
			const message = `section ${section.name} holds data; instructions need a program section such as .section xdp`;
			this.#unit.problem("asm/syntax", message, token);
			return;
		}
		if (section.size > 0) {
			this.#unit.problem(
				"asm/syntax",
				"raw bytes before this instruction do not fill a slot",
				token,
			);
			section.size = 0;
		}
		if (this.#repeated(section.logged)) return;
		const items = this.#instructions(c, token);
		this.#close(c);
		const last = this.#tokens[this.#end - 1] ?? token;
		const span = spanOf(this.#unit.file, token, last);
		for (const item of items) {
			item.span = span;
			if (this.#log) item.slot = this.#log.slot ?? -1;
			this.#unit.emit(item);
		}
	}

	/** A log shows an instruction each time it is visited; it is assembled once. */
	#repeated(logged: Set<number>): boolean {
		const slot = this.#log?.slot;
		if (slot === undefined) return false;
		if (logged.has(slot)) return true;
		logged.add(slot);
		return false;
	}

	#instructions(c: Cursor, token: Token): Item[] {
		const word = token.kind === "name" ? token.text : "";
		if (word.startsWith("BPF_") && c.ahead(1).text === "(") return parseMacros(c);
		if (token.text === "*" || isRegister(token)) return [parseLlvm(c, this.#log?.opcode)];
		if (isLlvm(c, word)) return [parseLlvm(c, this.#log?.opcode)];
		if (isMnemonic(word) || word === "lock") return [parseUbpf(c)];
		this.#unknown(c, token, word);
		return [newItem(0)];
	}

	#unknown(c: Cursor, token: Token, word: string): void {
		if (word === "") {
			c.fail(
				"asm/syntax",
				`expected an instruction, a label or a directive, found '${token.text}'`,
			);
			return;
		}
		const names = isMacro(word) || word.startsWith("BPF_") ? macroNames : instructionNames;
		const fix = this.#unit.suggest(word, names);
		const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
		c.fail("asm/unknown-instruction", `there is no instruction ${word}${hint}`, token, token, fix);
	}
}

const instructionNames: readonly string[] = [
	...keywordNames,
	...mnemonics().filter((m) => !m.includes(" ")),
];

function isLlvm(c: Cursor, word: string): boolean {
	if (word === "call") return !isUbpfCall(c);
	if (word === "lock") return c.ahead(1).text === "*";
	return isKeyword(word);
}

function finish(unit: Unit, file: string): ObjectFile {
	const name = (file.split("/").at(-1) ?? file).replace(/\.[^.]*$/, "");
	for (const section of unit.sections.values())
		if (section.kind === "code" && section.size > 0)
			unit.problem(
				"asm/syntax",
				`raw bytes at the end of ${section.name} do not fill a slot`,
				first(unit),
			);
	const maps: MapSpec[] = [...unit.maps.values()].map((m) => m.spec);
	const byName = new Map([...unit.maps.keys()].map((key, i) => [key, i]));
	const resolved = resolve(unit);
	const indexes: MapIndexes = { byName, bySection: dataMaps(unit, name, maps) };
	const programs = link(unit, resolved, indexes);
	return {
		name,
		license: licence(unit),
		kernVersion: kernelVersion(unit),
		programs,
		maps: fillMaps(unit, unit.entries, maps, programs),
	};
}

function first(unit: Unit): Token {
	const label = [...unit.labels.values()].at(-1)?.token;
	return label ?? { kind: "end", text: "", start: 0, end: 0, line: 1, column: 1 };
}

/** Adds the array maps that hold global data; their indexes by section name. */
function dataMaps(unit: Unit, object: string, maps: MapSpec[]): Map<string, number> {
	const indexes = new Map<string, number>();
	for (const section of unit.sections.values()) {
		if (section.kind !== "data" || section.size === 0) continue;
		const readOnly = section.name.startsWith(".rodata");
		indexes.set(section.name, maps.length);
		maps.push({
			name: dataMapName(object, section.name),
			type: BPF_MAP_TYPE_ARRAY,
			keySize: 4,
			valueSize: section.size,
			maxEntries: 1,
			flags: BPF_F_MMAPABLE | (readOnly ? BPF_F_RDONLY_PROG : 0),
			init: [{ key: new Uint8Array(4), value: section.bytes.slice(0, section.size) }],
			...(readOnly ? { frozen: true } : {}),
		});
	}
	return indexes;
}

function licence(unit: Unit): string {
	if (unit.license !== undefined) return unit.license;
	const section = [...unit.sections.values()].find((s) => s.kind === "license");
	if (!section) return "GPL";
	const bytes = section.bytes.subarray(0, section.size);
	const end = bytes.indexOf(0);
	return [...bytes.subarray(0, end < 0 ? bytes.length : end)]
		.map((b) => String.fromCharCode(b))
		.join("");
}

function kernelVersion(unit: Unit): number {
	const section = unit.sections.get("version");
	if (!section || section.size < 4) return unit.version;
	return new DataView(section.bytes.buffer).getUint32(0, true);
}
