; memory/negative-offset
	.map m, type=hash, key=4, value=16, max_entries=8
	.section xdp
program:
	*(u32 *)(r10 - 4) = 0
	r1 = m ll
	r2 = r10
	r2 += -4
	call bpf_map_lookup_elem
	
	if r0 == 0 goto out
	r1 = *(u64 *)(r0 + 0)
	if r1 s> 8 goto out
	if r1 s< -8 goto out
	r0 += r1
	r1 = *(u8 *)(r0 + 0)
out:
	r0 = 2
	exit
