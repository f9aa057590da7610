// A table that can be set back to what it was: for walks down a tree, where what is learnt holds below alone.

export class Undoable<K, V> {
	readonly #table = new Map<K, V>();
	/** What entries were before they were set. */
	readonly #log: { readonly key: K; readonly before: V | undefined }[] = [];

	get(key: K): V | undefined {
		return this.#table.get(key);
	}

	set(key: K, value: V): void {
		this.#log.push({ key, before: this.#table.get(key) });
		this.#table.set(key, value);
	}

	/** The state to come back to. */
	mark(): number {
		return this.#log.length;
	}

	/** Back to the state in which `mark` was taken. */
	undo(mark: number): void {
		while (this.#log.length > mark) {
			const last = this.#log.pop();
			if (!last) return;
			if (last.before === undefined) this.#table.delete(last.key);
			else this.#table.set(last.key, last.before);
		}
	}
}
