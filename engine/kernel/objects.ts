// Objects that programs allocate: a region of guest memory each, with a count of references.

import type { GuestMemory, Region } from "../machine/index.ts";

export type ObjectsState = readonly (readonly [address: number, region: Region, count: number])[];

export class Objects {
	readonly #memory: GuestMemory;
	readonly #all = new Map<number, { readonly region: Region; count: number }>();

	constructor(memory: GuestMemory) {
		this.#memory = memory;
	}

	/** The guest address of `size` zeroed bytes with one reference; 0 when there is no memory. */
	allocate(name: string, size: number): number {
		const region = this.#memory.allocate("object", name, size);
		if (!region) return 0;
		this.#all.set(region.start, { region, count: 1 });
		return region.start;
	}

	/** Takes one more reference; false when no object is there. */
	acquire(address: number): boolean {
		const object = this.#all.get(address);
		if (object) object.count++;
		return object !== undefined;
	}

	/** Gives a reference back, and the object with its last one; false when no object is there. */
	drop(address: number): boolean {
		const object = this.#all.get(address);
		if (!object) return false;
		object.count--;
		if (object.count > 0) return true;
		this.#all.delete(address);
		this.#memory.release(object.region);
		return true;
	}

	/** Drops the object that `address` lies in. */
	dropAround(address: number): boolean {
		const region = this.#memory.find(address);
		return region !== undefined && this.drop(region.start);
	}

	save(): ObjectsState {
		return [...this.#all].map(([address, { region, count }]) => [address, region, count]);
	}

	restore(state: ObjectsState): void {
		this.#all.clear();
		for (const [address, region, count] of state) this.#all.set(address, { region, count });
	}
}
