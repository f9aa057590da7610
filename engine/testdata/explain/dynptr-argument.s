; dynptr/argument
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r1 = rb ll
	r2 = 8
	r3 = 0
	r4 = r10
	r4 += -16
	call bpf_ringbuf_reserve_dynptr
	r1 = r10
	r1 += -16
	r2 = 0
	call bpf_ringbuf_submit_dynptr
	r1 = r10
	r1 += -40
	r2 = 8
	r3 = r10
	r3 += -64
	*(u64 *)(r10 - 64) = 0
	r4 = 0
	r5 = 0
	call bpf_dynptr_read
	r0 = 2
	exit
