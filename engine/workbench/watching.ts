// Watchpoints of a person: registers, stack bytes of the frame where they were set, values of maps. Knows where each lies while a run is
// stepped through; an entry that is not there yet is looked for again before each movement.

import { fromHex } from "../base/index.ts";
import type { Debugger, Watched } from "../debug/index.ts";
import type { Installation } from "./install.ts";
import type { Watch } from "./protocol.ts";

export class Watching {
	readonly #debugger: Debugger;
	readonly #installation: Installation;
	#list: readonly Watch[] = [];
	/** Ids of the debugger by what is watched. */
	readonly #ids = new Map<string, number>();

	constructor(debugger_: Debugger, installation: Installation) {
		this.#debugger = debugger_;
		this.#installation = installation;
	}

	/** Replaces the list; answers for each whether it is there to be watched. */
	set(list: readonly Watch[]): boolean[] {
		const wanted = new Set(list.map(keyOf));
		for (const [key, id] of this.#ids) {
			if (wanted.has(key)) continue;
			this.#debugger.remove(id);
			this.#ids.delete(key);
		}
		this.#list = list;
		return this.renew();
	}

	/** Looks again for what was not there. */
	renew(): boolean[] {
		return this.#list.map((watch) => {
			const key = keyOf(watch);
			if (this.#ids.has(key)) return true;
			const place = this.#place(watch);
			if (place) this.#ids.set(key, this.#debugger.addWatchpoint(place).id);
			return place !== undefined;
		});
	}

	/** What a watchpoint of the debugger stands for. */
	of(id: number): Watch | undefined {
		return this.#list.find((watch) => this.#ids.get(keyOf(watch)) === id);
	}

	#place(watch: Watch): Watched | undefined {
		if (watch.kind === "register") return watch;
		const address = watch.kind === "stack" ? this.#stack(watch.offset) : this.#value(watch);
		return address === undefined
			? undefined
			: { kind: "memory", address, size: watch.size, on: "write" };
	}

	#stack(offset: number): number | undefined {
		const stack = this.#debugger.session.frames().at(-1)?.stack;
		return stack && offset < 0 && -offset <= stack.capacity
			? stack.start + stack.capacity + offset
			: undefined;
	}

	/** Where the value of a key lies in guest memory. */
	#value({ map: name, key, offset }: Watch & { readonly kind: "map" }): number | undefined {
		const map = this.#installation.map(name);
		const bytes = fromHex(key);
		if (!map || bytes?.length !== map.spec.keySize) return undefined;
		const { memory } = this.#installation.kernel;
		const region = memory.allocate("object", "key of a watchpoint", bytes.length, {
			writable: false,
		});
		if (!region) return undefined;
		memory.u8.set(bytes, region.start);
		const address = map.kind.lookup(region.start);
		memory.release(region);
		return address > 0 ? address + offset : undefined;
	}
}

const keyOf = (watch: Watch) => JSON.stringify(watch);
