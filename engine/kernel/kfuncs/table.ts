// All kernel functions of one machine under numbers of their own, which take the place of a kernel's type ids in loaded code: to
// executors they are helpers. Those that Skep lacks are in it too: a call of one ends the run with a trap that names it.

import type { Helper, HelperTable } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import { dynptrKfuncs } from "./dynptr.ts";
import { iteratorKfuncs } from "./iterator.ts";
import type { Kfuncs } from "./kfunc.ts";
import { objectKfuncs } from "./object.ts";
import { stateKfuncs } from "./state.ts";
import { textKfuncs } from "./text.ts";
import { treeKfuncs } from "./tree.ts";

/** No helper of Linux has a number like it. */
const FIRST_NUMBER = 0x10000;

function implementations(machine: Machine): Kfuncs {
	return {
		...iteratorKfuncs(machine),
		...dynptrKfuncs(machine),
		...objectKfuncs(machine),
		...treeKfuncs(machine),
		...textKfuncs(machine),
		...stateKfuncs(machine),
	};
}

/** Names of the kernel functions that are implemented. */
export function implementedKfuncs(machine: Machine): string[] {
	return Object.keys(implementations(machine));
}

export class KfuncTable {
	readonly #table: Map<number, { name: string; args: number; run: Helper }>;
	readonly #numbers = new Map<string, number>();

	/** `helpers` are the others that programs call. */
	constructor(machine: Machine, helpers: HelperTable) {
		this.#table = new Map(helpers);
		for (const [name, [args, run]] of Object.entries(implementations(machine)))
			this.#add(name, args, run);
	}

	/** Helpers and kernel functions, for executors. */
	get table(): HelperTable {
		return this.#table;
	}

	/** The number of a kernel function, in the table from now on. */
	number(name: string): number {
		const known = this.#numbers.get(name);
		if (known !== undefined) return known;
		return this.#add(name, 0, (call) =>
			call.fail(`kernel function ${name} is not there in Skep`, `kfunc ${name}`),
		);
	}

	#add(name: string, args: number, run: Helper): number {
		const number = FIRST_NUMBER + this.#numbers.size;
		this.#numbers.set(name, number);
		this.#table.set(number, { name, args, run });
		return number;
	}
}
