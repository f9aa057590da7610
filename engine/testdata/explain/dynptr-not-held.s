; dynptr/not-held
	.section xdp
program:
	r1 = r10
	r1 += -16
	*(u64 *)(r10 - 8) = 0
	*(u64 *)(r10 - 16) = 0
	r2 = 0
	call bpf_ringbuf_discard_dynptr
	r0 = 2
	exit
