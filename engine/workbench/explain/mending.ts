// What mends of assembly and of C share: what a program returns when it has nothing to say, and what releases what.

import { type ReturnRange, returnRange } from "../../abi/index.ts";
import type { TextEdit } from "../../base/index.ts";
import type { Place } from "./place.ts";

export interface Mend {
	readonly title: string;
	readonly edits: readonly TextEdit[];
}

/** By class of rejection; undefined where this place has no mechanical mend. */
export type Mends = Readonly<Record<string, (place: Place) => Mend | undefined>>;

export const XDP = 6;
export const TC: readonly number[] = [3, 4];

/** What a program of this type returns when it has nothing to say. */
export function neutral(place: Place): number {
	const { type } = place.program;
	if (type === XDP) return 2;
	if (type !== undefined && TC.includes(type)) return 0;
	return Math.min(1, rangeOf(place)?.max ?? 0);
}

export function rangeOf({ program }: Place): ReturnRange | undefined {
	if (program.type === undefined) return undefined;
	return returnRange(program.type, program.spec.expectedAttachType);
}

/** The call that gives back what another handed out. */
export interface Release {
	readonly name: string;
	/** Takes flags as second argument. */
	readonly flags?: true;
	/** The object is known by the address of a variable (a dynptr, an iterator), the acquiring call's argument of this number from 0. */
	readonly byAddress?: number;
}

const releases: Readonly<Record<string, Release>> = {
	bpf_ringbuf_reserve: { name: "bpf_ringbuf_discard", flags: true },
	bpf_ringbuf_reserve_dynptr: { name: "bpf_ringbuf_discard_dynptr", flags: true, byAddress: 3 },
	bpf_sk_lookup_tcp: { name: "bpf_sk_release" },
	bpf_sk_lookup_udp: { name: "bpf_sk_release" },
	bpf_skc_lookup_tcp: { name: "bpf_sk_release" },
	bpf_task_acquire: { name: "bpf_task_release" },
	bpf_task_from_pid: { name: "bpf_task_release" },
	bpf_task_from_vpid: { name: "bpf_task_release" },
	bpf_cgroup_acquire: { name: "bpf_cgroup_release" },
	bpf_cgroup_ancestor: { name: "bpf_cgroup_release" },
	bpf_cgroup_from_id: { name: "bpf_cgroup_release" },
	bpf_cpumask_create: { name: "bpf_cpumask_release" },
	bpf_cpumask_acquire: { name: "bpf_cpumask_release" },
	bpf_obj_new_impl: { name: "bpf_obj_drop" },
	bpf_get_task_exe_file: { name: "bpf_put_file" },
	bpf_xdp_ct_lookup: { name: "bpf_ct_release" },
	bpf_skb_ct_lookup: { name: "bpf_ct_release" },
	bpf_lookup_user_key: { name: "bpf_key_put" },
	bpf_lookup_system_key: { name: "bpf_key_put" },
};

/** Names of calls that give back. */
export const RELEASES =
	/^bpf_(\w+_release|ringbuf_(submit|discard)(_dynptr)?|put_file|key_put|obj_drop\w*|iter_\w+_destroy)$/;

/** What gives back what `name` handed out. */
export function releaseOf(name: string): Release | undefined {
	const made = /^bpf_iter_(\w+)_new$/.exec(name)?.[1];
	return made ? { name: `bpf_iter_${made}_destroy`, byAddress: 0 } : releases[name];
}
