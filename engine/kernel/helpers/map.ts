// Helpers on maps: lookup, update, delete, queues, iteration. Errnos are the map's own.

import { errno } from "../../abi/index.ts";
import type { HelperCall } from "../../machine/index.ts";
import type { BpfMap } from "../../maps/index.ts";
import type { Machine } from "../machine.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf } from "./implementation.ts";

export function mapHelpers(machine: Machine): Implementations {
	const map = (call: HelperCall, handle: number) => machine.map(call, handle);
	const key = (call: HelperCall, of: BpfMap, address: number) =>
		machine.guard(call, address, of.spec.keySize, false);
	const value = (call: HelperCall, of: BpfMap, address: number, write: boolean) =>
		machine.guard(call, address, of.spec.valueSize, write);
	return {
		map_lookup_elem: (call, r1, _h1, r2) => {
			const of = map(call, r1);
			key(call, of, r2);
			return of.kind.lookup(r2 >>> 0);
		},
		map_update_elem: (call, r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const of = map(call, r1);
			key(call, of, r2);
			value(call, of, r3, false);
			return of.kind.update(r2 >>> 0, r3 >>> 0, flagsOf(r4, h4));
		},
		map_delete_elem: (call, r1, _h1, r2) => {
			const of = map(call, r1);
			key(call, of, r2);
			return of.kind.delete(r2 >>> 0);
		},
		map_push_elem: (call, r1, _h1, r2, _h2, r3, h3) => {
			const of = map(call, r1);
			value(call, of, r2, false);
			return of.kind.push?.(r2 >>> 0, flagsOf(r3, h3)) ?? -errno.EOPNOTSUPP;
		},
		map_pop_elem: (call, r1, _h1, r2) => {
			const of = map(call, r1);
			value(call, of, r2, true);
			return of.kind.pop?.(r2 >>> 0) ?? -errno.EOPNOTSUPP;
		},
		map_peek_elem: (call, r1, _h1, r2) => {
			const of = map(call, r1);
			value(call, of, r2, true);
			return of.kind.peek?.(r2 >>> 0) ?? -errno.EOPNOTSUPP;
		},
		map_lookup_percpu_elem: (call, r1, _h1, r2, _h2, r3) => {
			const of = map(call, r1);
			key(call, of, r2);
			if (r3 >>> 0 >= machine.environment.cpus) return 0;
			return of.kind.lookupPerCpu?.(r2 >>> 0, r3 >>> 0) ?? 0;
		},
		for_each_map_elem: (call, r1, _h1, r2, _h2, r3, _h3, r4, h4) => {
			const of = map(call, r1);
			if ((r4 | h4) !== 0 || !of.kind.walk) return -errno.EINVAL;
			return of.kind.walk((at, found) => call.callback(r2, of.handle, at, found, r3, 0));
		},
	};
}
