// Texts → the string section that `.BTF` and `.BTF.ext` share. Each text is stored once; offset 0 is the empty one.

import { concatBytes, utf8 } from "../base/index.ts";

/** Gathers strings; offsets are final at once. Of split BTF the offsets start after the strings of the base. */
export class BtfStrings {
	readonly #offsets = new Map<string, number>();
	readonly #parts: Uint8Array[] = [];
	readonly #start: number;
	#length = 0;

	/** `start` is the length of the string section of the base, 0 when there is none. */
	constructor(start = 0) {
		this.#start = start;
		this.#offsets.set("", 0);
		if (start === 0) this.#push("");
	}

	/** Offset of a text, which is added when it is new. */
	offset(text: string): number {
		const known = this.#offsets.get(text);
		return known ?? this.#push(text);
	}

	#push(text: string): number {
		const at = this.#start + this.#length;
		const part = utf8(`${text}\0`);
		this.#offsets.set(text, at);
		this.#parts.push(part);
		this.#length += part.length;
		return at;
	}

	/** The section as it stands now. */
	bytes(): Uint8Array {
		return concatBytes(this.#parts);
	}
}
