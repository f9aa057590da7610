; stack/variable-offset
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r6 = *(u32 *)(r1 + 12)
	r6 &= 8
	r4 = r10
	r4 += r6
	r4 += -32
	r1 = rb ll
	r2 = 8
	r3 = 0
	call bpf_ringbuf_reserve_dynptr
	r0 = 2
	exit
