// Where `#include` looks: the folder of the including file (for "…"), the folders of -I and -isystem, the language's own headers,
// folders that come after all others, then the rest of the built-in headers. Files come from whoever calls; names stay as they are spelled.

import type { Header } from "./lex/index.ts";

/** The files that a compilation may see. */
export interface Files {
	/** The text of a file, undefined when there is none of that name. */
	read(path: string): string | undefined;
	/** The bytes of such a file, for `#embed`; the text's in UTF-8 without. */
	bytes?(path: string): Uint8Array | undefined;
	/** A header of the compiler's own by its name in `<…>`. */
	builtin(name: string): string | undefined;
}

export interface SearchPath {
	/** -I */
	readonly user: readonly string[];
	/** -isystem: warnings in them are not shown. */
	readonly system: readonly string[];
	/** -idirafter: behind the built-in headers. */
	readonly after: readonly string[];
	/** Leave the built-in headers out (-nostdinc). */
	readonly bare: boolean;
}

/** Built-in headers are files in a folder of this name. */
const own = "<built-in>";

/** The headers that belong to the language rather than to a system: they come before those of -idirafter, as clang's do. */
const language = "<language>";
const freestanding = new Set([
	"float.h",
	"iso646.h",
	"limits.h",
	"stdalign.h",
	"stdarg.h",
	"stdbool.h",
	"stddef.h",
	"stdnoreturn.h",
]);

interface Folder {
	readonly path: string;
	readonly system: boolean;
}

/** The function that finds headers; a name is looked up once. */
export function headerSearch(files: Files, search: SearchPath) {
	const folders: Folder[] = [
		...search.user.map((path) => ({ path, system: false })),
		...search.system.map((path) => ({ path, system: true })),
		...(search.bare ? [] : [{ path: language, system: true }]),
		...search.after.map((path) => ({ path, system: true })),
		...(search.bare ? [] : [{ path: own, system: true }]),
	];
	const known = new Map<string, Header | undefined>();
	const textOf = (folder: string, name: string, path: string): string | undefined => {
		if (folder === own) return files.builtin(name);
		if (folder === language) return freestanding.has(name) ? files.builtin(name) : undefined;
		return files.read(path);
	};
	const read = (folder: string, name: string, system: boolean): Header | undefined => {
		const path = folder === "" ? name : `${folder}/${name}`;
		const key = `${system} ${path}`;
		if (known.has(key)) return known.get(key);
		const text = textOf(folder, name, path);
		const bytes = files.bytes && (() => files.bytes?.(path));
		const header = text === undefined ? undefined : { name: path, text, system, bytes };
		known.set(key, header);
		return header;
	};
	return (name: string, from: string, angled: boolean, next: boolean): Header | undefined => {
		if (name.startsWith("/")) return read("", name, false);
		const home = from.includes("/") ? from.slice(0, from.lastIndexOf("/")) : "";
		const at = folderOf(folders, from, name);
		if (!angled && !next) {
			const found = read(home, name, at !== undefined && folders[at]?.system === true);
			if (found) return found;
		}
		const start = next && at !== undefined ? at + 1 : 0;
		for (const { path, system } of folders.slice(start)) {
			const found = read(path, name, system);
			if (found && found.name !== (next ? from : "")) return found;
		}
		return undefined;
	};
}

/** The folder of the search in which a header was found. */
function folderOf(folders: readonly Folder[], from: string, name: string): number | undefined {
	let best: number | undefined;
	folders.forEach(({ path }, i) => {
		if (!from.startsWith(`${path}/`)) return;
		const exact = from === `${path}/${name}`;
		const longer = best === undefined || path.length > (folders[best]?.path.length ?? 0);
		if (exact || longer) best = i;
	});
	return best;
}
