; A value of a map behind its null check, changed atomically; a key on the stack.
.map counts, type=hash, key=8, value=16, max_entries=16
.section xdp
lookup:
	*(u64 *)(r10 - 8) = 7
	r2 = r10
	r2 += -8
	r1 = counts ll
	call bpf_map_lookup_elem
	if r0 == 0 goto out
	r1 = 1
	lock *(u64 *)(r0 + 0) += r1
	r2 = *(u32 *)(r0 + 8)
	if r2 > 7 goto out
	r0 += r2
	w1 = *(u8 *)(r0 + 8)
out:
	r0 = 2
	exit
