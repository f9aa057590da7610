; helper/maybe-null
	.map m, type=hash, key=4, value=16, max_entries=8
	.section xdp
program:
	*(u32 *)(r10 - 4) = 0
	r1 = m ll
	r2 = r10
	r2 += -4
	call bpf_map_lookup_elem
	r6 = r0
	r1 = m ll
	r2 = r6
	call bpf_map_delete_elem
	r0 = 2
	exit
