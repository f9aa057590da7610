// Sections of several objects → sections of one: those of the same name are put one after the other, aligned. It does not look at
// symbols.

import type { Diagnostic } from "../base/index.ts";
import type { SectionData, SymbolRelocation } from "../object/index.ts";
import { isShared, linkError, type Source, sameContent } from "./input.ts";

/** A section of the result while it grows. */
export interface OutSection {
	readonly name: string;
	readonly kind: SectionData["kind"];
	align: number;
	size: number;
	readonly parts: { readonly offset: number; readonly bytes: Uint8Array }[];
	readonly relocations: SymbolRelocation[];
	/** The first object that has it. */
	readonly from: string;
}

/** Where a section of one object went; `skipped` when the result has it from an earlier object. */
export interface Place {
	readonly out: number;
	readonly offset: number;
	readonly skipped: boolean;
}

const SLOT = 8;
const MOST = 256 << 20;

export class Sections {
	readonly all: OutSection[] = [];
	readonly #index = new Map<string, number>();
	#total = 0;

	/** Index of the section with this name. */
	find(name: string): number | undefined {
		return this.#index.get(name);
	}

	/** Appends the sections of an object; gives their places. */
	append(source: Source): readonly Place[] | Diagnostic {
		const places: Place[] = [];
		for (const section of source.object.sections) {
			const place = this.#append(section, source.name);
			if ("message" in place) return place;
			places.push(place);
		}
		return places;
	}

	#append(section: SectionData, from: string): Place | Diagnostic {
		const { name, kind, bytes } = section;
		if (name === ".text" && bytes.length === 0) return { out: -1, offset: 0, skipped: true };
		const known = this.#index.get(name);
		const out = known ?? this.#open(section, from);
		const target = this.all[out];
		if (!target) return linkError("section", `section ${name} is lost`);
		if (target.kind !== kind)
			return linkError(
				"section-kind",
				`section ${name} is ${target.kind} in ${target.from} and ${kind} in ${from}`,
			);
		if (known !== undefined && isShared(name)) {
			if (sameContent(joined(target), bytes)) return { out, offset: 0, skipped: true };
			return linkError(
				"license",
				`section ${name} is not the same in ${target.from} and ${from}: ${shown(joined(target))} and ${shown(bytes)}`,
			);
		}
		if (kind === "code" && bytes.length % SLOT !== 0)
			return linkError(
				"section-size",
				`section ${name} of ${from} is ${bytes.length} bytes long: no whole instructions`,
			);
		this.#total += bytes.length;
		if (this.#total > MOST) return linkError("size", `${from}: more than ${MOST} bytes in all`);
		target.align = Math.max(target.align, section.align);
		const offset = Math.ceil(target.size / target.align) * target.align;
		target.parts.push({ offset, bytes });
		target.size = offset + bytes.length;
		return { out, offset, skipped: false };
	}

	#open({ name, kind, align }: SectionData, from: string): number {
		const parts: OutSection["parts"] = [];
		const index = this.all.push({ name, kind, align, size: 0, parts, relocations: [], from }) - 1;
		this.#index.set(name, index);
		return index;
	}
}

/** The contents of a section, holes filled with zeroes. */
export function joined(section: OutSection): Uint8Array {
	const out = new Uint8Array(section.size);
	for (const part of section.parts) out.set(part.bytes, part.offset);
	return out;
}

function shown(bytes: Uint8Array): string {
	return JSON.stringify(String.fromCharCode(...bytes.subarray(0, 64)).replace(/\0+$/, ""));
}
