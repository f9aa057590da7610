// What a helper call does to references and control flow beyond its prototype: kernel/bpf/verifier.c's lists of helpers
// that acquire, that cast, that call back.

import { helperById } from "./helpers.ts";
import { mapType } from "./maps.ts";

const acquiring: readonly string[] = [
	"bpf_sk_lookup_tcp",
	"bpf_sk_lookup_udp",
	"bpf_skc_lookup_tcp",
	"bpf_ringbuf_reserve",
	"bpf_kptr_xchg",
];

const casting: readonly string[] = [
	"bpf_tcp_sock",
	"bpf_sk_fullsock",
	"bpf_skc_to_tcp_sock",
	"bpf_skc_to_tcp6_sock",
	"bpf_skc_to_udp6_sock",
	"bpf_skc_to_mptcp_sock",
	"bpf_skc_to_tcp_timewait_sock",
	"bpf_skc_to_tcp_request_sock",
];

const callingBack: readonly string[] = [
	"bpf_for_each_map_elem",
	"bpf_find_vma",
	"bpf_loop",
	"bpf_user_ringbuf_drain",
];

function named(helperId: number, names: readonly string[]): boolean {
	const name = helperById(helperId)?.name;
	return name !== undefined && names.includes(name);
}

/**
 * Whether the result is a reference that the program must release. A lookup is one in maps of sockets only, so it needs
 * the map's type.
 */
export function acquires(helperId: number, mapTypeId?: number): boolean {
	if (named(helperId, acquiring)) return true;
	const map = mapTypeId === undefined ? undefined : mapType(mapTypeId)?.name;
	return helperId === 1 && (map === "sockmap" || map === "sockhash");
}

/** Whether the result is the argument under another type, so that releasing one invalidates both. */
export function castsPointer(helperId: number): boolean {
	return named(helperId, casting);
}

/** Whether the helper calls a function of the program: before it returns (sync) or at some later time (async). */
export function callsBack(helperId: number): "sync" | "async" | undefined {
	if (named(helperId, callingBack)) return "sync";
	return named(helperId, ["bpf_timer_set_callback"]) ? "async" : undefined;
}
