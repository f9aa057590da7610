; Rejected: a map lookup may find nothing, and the result is used without asking.
; Try: add "if r0 == 0 goto out" behind the call.

	.map hits, type=hash, key=4, value=8, max_entries=64

	.section xdp
	.globl count_hits
count_hits:
	r1 = *(u32 *)(r1 + 12)          ; ingress_ifindex
	*(u32 *)(r10 - 4) = r1
	r2 = r10
	r2 += -4
	r1 = hits ll
	call bpf_map_lookup_elem
	r1 = 1
	lock *(u64 *)(r0 + 0) += r1
out:
	w0 = XDP_PASS
	exit
