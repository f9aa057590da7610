// All helpers of one machine as the table that executors call through. Helpers of Linux that Skep lacks are in it too: a
// call of one ends the run with a trap that names it.

import { helperByName, helpers } from "../../abi/index.ts";
import { assert } from "../../base/index.ts";
import type { Helper, HelperTable } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import { checksumHelpers } from "./checksum.ts";
import { coreHelpers } from "./core.ts";
import { dynptrHelpers } from "./dynptr.ts";
import type { Implementations } from "./implementation.ts";
import { mapHelpers } from "./map.ts";
import { redirectHelpers } from "./redirect.ts";
import { ringbufHelpers } from "./ringbuf.ts";
import { roomHelpers } from "./room.ts";
import { routeHelpers } from "./route.ts";
import { skbHelpers } from "./skb.ts";
import { socketHelpers } from "./socket.ts";
import { textHelpers } from "./text.ts";
import { timeHelpers } from "./time.ts";
import { timerHelpers } from "./timer.ts";
import { xdpHelpers } from "./xdp.ts";

/** Executors do tail calls themselves. */
const TAIL_CALL = 12;
/** Helpers that read registers beyond their prototype. */
const VARIADIC: ReadonlySet<string> = new Set(["trace_printk"]);

export function helperTable(machine: Machine): HelperTable {
	const table = new Map<number, { name: string; args: number; run: Helper }>();
	for (const { id, name, protos } of helpers) {
		if (id === TAIL_CALL) continue;
		const args = argumentCount(protos);
		const run: Helper = (call) =>
			call.fail(`helper ${name} is not there in Skep`, `helper ${name}`);
		table.set(id, { name, args, run });
	}
	for (const [name, run] of Object.entries(implementations(machine))) {
		const helper = helperByName(name);
		assert(helper !== undefined, `helper ${name} is in the table of helpers`);
		const args = VARIADIC.has(name) ? 5 : argumentCount(helper.protos);
		table.set(helper.id, { name: helper.name, args, run });
	}
	return table;
}

function argumentCount(protos: readonly { readonly args: readonly unknown[] }[]): number {
	return Math.max(0, ...protos.map(({ args }) => args.length));
}

/** Names of the helpers that are implemented, without `bpf_`. */
export function implementedHelpers(machine: Machine): string[] {
	return Object.keys(implementations(machine));
}

function implementations(machine: Machine): Implementations {
	return {
		...mapHelpers(machine),
		...coreHelpers(machine),
		...timeHelpers(machine),
		...timerHelpers(machine),
		...textHelpers(machine),
		...ringbufHelpers(machine),
		...dynptrHelpers(machine),
		...socketHelpers,
		...skbHelpers(machine),
		...roomHelpers(machine),
		...checksumHelpers(machine),
		...redirectHelpers(machine),
		...routeHelpers(machine),
		...xdpHelpers(machine),
	};
}
