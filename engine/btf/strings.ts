// Texts → the string section that `.BTF` and `.BTF.ext` share. Each text is stored once; offset 0 is the empty one.

import { utf8 } from "../base/index.ts";

/** Gathers strings; offsets are final at once. Of split BTF the offsets start after the strings of the base. */
export class BtfStrings {
	readonly #offsets = new Map<string, number>();
	readonly #texts: string[] = [];
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
		this.#offsets.set(text, at);
		this.#texts.push(text);
		this.#length += lengthOf(text) + 1;
		return at;
	}

	/** The section as it stands now. */
	bytes(): Uint8Array {
		return utf8(this.#texts.map((text) => `${text}\0`).join(""));
	}
}

/** Bytes of a text in UTF-8. */
function lengthOf(text: string): number {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return utf8(text).length;
	return text.length;
}
