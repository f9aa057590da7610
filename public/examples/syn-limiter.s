; Limits TCP SYNs per source address: at most 5 a second pass, the rest is dropped.
; Try: change the limit of 5, or step through the sixth SYN of the flood to see where it is dropped.

	.map sources, type=lru_hash, key=4, value=16, max_entries=1024

	.section xdp
	.globl syn_limiter
syn_limiter:
	r2 = *(u32 *)(r1 + 4)
	r6 = *(u32 *)(r1 + 0)
	r3 = r6
	r3 += 54                        ; Ethernet, IPv4 without options, TCP
	if r3 > r2 goto pass
	r3 = *(u16 *)(r6 + 12)
	if r3 != 0x0008 goto pass
	r3 = *(u8 *)(r6 + 14)
	if r3 != 0x45 goto pass         ; with options: not looked at
	r3 = *(u8 *)(r6 + 23)
	if r3 != 6 goto pass
	r3 = *(u8 *)(r6 + 47)           ; TCP flags
	r3 &= 0x12
	if r3 != 0x02 goto pass         ; SYN without ACK
	r3 = *(u32 *)(r6 + 26)          ; source address
	*(u32 *)(r10 - 4) = r3
	call bpf_ktime_get_ns
	r7 = r0
	r2 = r10
	r2 += -4
	r1 = sources ll
	call bpf_map_lookup_elem
	if r0 == 0 goto first
	r1 = *(u64 *)(r0 + 0)           ; start of the window
	r2 = r7
	r2 -= r1
	if r2 > 1000000000 goto restart
	r1 = *(u64 *)(r0 + 8)           ; SYNs in the window
	r1 += 1
	*(u64 *)(r0 + 8) = r1
	if r1 > 5 goto drop
	goto pass
restart:
	*(u64 *)(r0 + 0) = r7
	r1 = 1
	*(u64 *)(r0 + 8) = r1
	goto pass
first:
	*(u64 *)(r10 - 24) = r7         ; value: start of the window, one SYN
	r1 = 1
	*(u64 *)(r10 - 16) = r1
	r2 = r10
	r2 += -4
	r3 = r10
	r3 += -24
	w4 = BPF_ANY
	r1 = sources ll
	call bpf_map_update_elem
pass:
	w0 = XDP_PASS
	exit
drop:
	w0 = XDP_DROP
	exit
