; helper/constant-string
	.map m, type=hash, key=4, value=16, max_entries=8
	.section xdp
program:
	*(u32 *)(r10 - 4) = 0
	r1 = m ll
	r2 = r10
	r2 += -4
	call bpf_map_lookup_elem
	
	if r0 == 0 goto out
	*(u64 *)(r10 - 16) = 0
	r3 = r0
	r1 = r10
	r1 += -16
	r2 = 8
	r4 = 0
	r5 = 0
	call bpf_snprintf
out:
	r0 = 2
	exit
