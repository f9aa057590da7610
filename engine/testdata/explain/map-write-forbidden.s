; map/write-forbidden
	.map m, type=hash, key=4, value=16, max_entries=8, flags=0x80
	.section xdp
program:
	*(u32 *)(r10 - 4) = 0
	r1 = m ll
	r2 = r10
	r2 += -4
	call bpf_map_lookup_elem
	
	if r0 == 0 goto out
	*(u64 *)(r0 + 0) = 1
out:
	r0 = 2
	exit
