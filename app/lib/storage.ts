// Projects in IndexedDB, and a synchronous journal in localStorage for the moment when the page is left. What a
// project holds is not known here beyond its name.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface Saved<P> {
	readonly id: string;
	readonly name: string;
	readonly updated: number;
	/** Changes with every save; a foreign stamp tells that another tab wrote. */
	readonly stamp: string;
	readonly project: P;
}

export type Summary = Omit<Saved<unknown>, "project" | "stamp">;

interface Schema extends DBSchema {
	projects: { key: string; value: Saved<unknown> };
	meta: { key: string; value: unknown };
}

export interface Storage<P> {
	list(): Promise<readonly Summary[]>;
	load(id: string): Promise<Saved<P> | undefined>;
	/** Saves unless another tab wrote since `expected`; answers whether it saved. */
	save(entry: Saved<P>, expected: string | undefined): Promise<boolean>;
	remove(id: string): Promise<void>;
	current(): Promise<string | undefined>;
	setCurrent(id: string): Promise<void>;
}

/** A kernel's types that were dropped on the page, kept for the next visit. */
export interface KernelFile {
	readonly name: string;
	readonly types: number;
	readonly bytes: Uint8Array;
}

export async function loadKernel(): Promise<KernelFile | undefined> {
	return (await (await open()).get("meta", "kernel")) as KernelFile | undefined;
}

export async function saveKernel(file: KernelFile | undefined): Promise<void> {
	const db = await open();
	if (file) await db.put("meta", file, "kernel");
	else await db.delete("meta", "kernel");
}

let database: Promise<IDBPDatabase<Schema>> | undefined;

function open(): Promise<IDBPDatabase<Schema>> {
	database ??= openDB<Schema>("skep", 1, {
		upgrade(db) {
			db.createObjectStore("projects", { keyPath: "id" });
			db.createObjectStore("meta");
		},
	});
	return database;
}

export function projectStorage<P>(): Storage<P> {
	return {
		async list() {
			const all = await (await open()).getAll("projects");
			return all
				.map(({ id, name, updated }) => ({ id, name, updated }))
				.sort((a, b) => b.updated - a.updated);
		},
		async load(id) {
			return (await (await open()).get("projects", id)) as Saved<P> | undefined;
		},
		async save(entry, expected) {
			const tx = (await open()).transaction("projects", "readwrite");
			const there = await tx.store.get(entry.id);
			if (there && there.stamp !== expected) {
				await tx.done;
				return false;
			}
			await tx.store.put(entry);
			await tx.done;
			return true;
		},
		async remove(id) {
			await (await open()).delete("projects", id);
		},
		async current() {
			return (await (await open()).get("meta", "current")) as string | undefined;
		},
		async setCurrent(id) {
			await (await open()).put("meta", id, "current");
		},
	};
}

const journalKey = "skep.journal";

/** Writes at once; for `pagehide`, when IndexedDB may come too late. */
export function writeJournal<P>(entry: Saved<P>): void {
	try {
		localStorage.setItem(journalKey, JSON.stringify(entry));
	} catch {
		// Too large or forbidden: the debounced save stays the only copy.
	}
}

/** The journal's entry, once; the entry is removed. */
export function takeJournal<P>(): Saved<P> | undefined {
	try {
		const text = localStorage.getItem(journalKey);
		localStorage.removeItem(journalKey);
		return text ? (JSON.parse(text) as Saved<P>) : undefined;
	} catch {
		return undefined;
	}
}
