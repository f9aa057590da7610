; Drops IPv6 packets from listed prefixes; an LPM trie holds the prefixes.
; Try: remove the entry 2001:db8:bad::/48 from the map and run again.

	.map blocked, type=lpm_trie, key=20, value=8, max_entries=64, flags=1

	.section xdp
	.globl ipv6_filter
ipv6_filter:
	r2 = *(u32 *)(r1 + 4)
	r6 = *(u32 *)(r1 + 0)
	r3 = r6
	r3 += 54                        ; Ethernet (14) and IPv6 (40)
	if r3 > r2 goto pass
	r3 = *(u16 *)(r6 + 12)
	if r3 != 0xdd86 goto pass
	w1 = 128                        ; look up the whole address
	*(u32 *)(r10 - 20) = r1
	r1 = *(u32 *)(r6 + 22)          ; source address
	*(u32 *)(r10 - 16) = r1
	r1 = *(u32 *)(r6 + 26)
	*(u32 *)(r10 - 12) = r1
	r1 = *(u32 *)(r6 + 30)
	*(u32 *)(r10 - 8) = r1
	r1 = *(u32 *)(r6 + 34)
	*(u32 *)(r10 - 4) = r1
	r2 = r10
	r2 += -20
	r1 = blocked ll
	call bpf_map_lookup_elem
	if r0 == 0 goto pass
	r1 = 1
	lock *(u64 *)(r0 + 0) += r1
	w0 = XDP_DROP
	exit
pass:
	w0 = XDP_PASS
	exit
