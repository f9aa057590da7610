; dynptr/overwritten
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r1 = rb ll
	r2 = 8
	r3 = 0
	r4 = r10
	r4 += -16
	call bpf_ringbuf_reserve_dynptr
	*(u64 *)(r10 - 16) = 0
	r0 = 2
	exit
