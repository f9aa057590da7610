// Helpers that look for sockets. Modelled: the machine has none but the one that a test run hangs on its packet, so
// every search ends with NULL, as it does in Linux on a machine without such a socket.

import { errno } from "../../abi/index.ts";
import type { Implementations } from "./implementation.ts";
import { flagsOf, wide } from "./implementation.ts";

/** Root cgroup and the first network namespace. */
const ROOT_CGROUP = 1;
const FIRST_NAMESPACE = 1;

export const socketHelpers: Implementations = {
	sk_lookup_tcp: () => 0,
	sk_lookup_udp: () => 0,
	skc_lookup_tcp: () => 0,
	sk_release: () => 0,
	sk_fullsock: (_call, r1) => r1,
	tcp_sock: () => 0,
	get_listener_sock: () => 0,
	skc_to_tcp_sock: () => 0,
	skc_to_tcp6_sock: () => 0,
	skc_to_udp6_sock: () => 0,
	skc_to_tcp_timewait_sock: () => 0,
	skc_to_tcp_request_sock: () => 0,
	skc_to_unix_sock: () => 0,
	skc_to_mptcp_sock: () => 0,
	sk_assign: (_call, _r1, _h1, r2, _h2, r3, h3) => {
		if (r2 === 0 || flagsOf(r3, h3) !== 0) return -errno.EINVAL;
		return -errno.EOPNOTSUPP;
	},
	get_current_cgroup_id: (call) => wide(call, ROOT_CGROUP),
	get_netns_cookie: (call) => wide(call, FIRST_NAMESPACE),
};
