; dynptr/memory
	.section xdp
program:
	*(u64 *)(r10 - 8) = 0
	r1 = r10
	r1 += -8
	r2 = 8
	r3 = 0
	r4 = r10
	r4 += -24
	call bpf_dynptr_from_mem
	r0 = 2
	exit
