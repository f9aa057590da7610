; The value may be missing.
.map counts, type=hash, key=8, value=16, max_entries=16
.section socket
lookup:
	*(u64 *)(r10 - 8) = 7
	r2 = r10
	r2 += -8
	r1 = counts ll
	call bpf_map_lookup_elem
	r0 = *(u64 *)(r0 + 0)
	exit
