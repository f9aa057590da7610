; stack/object-offset
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r1 = rb ll
	r2 = 8
	r3 = 0
	r4 = r10
	r4 += -20
	call bpf_ringbuf_reserve_dynptr
	r1 = r10
	r1 += -20
	r2 = 0
	call bpf_ringbuf_discard_dynptr
	r0 = 2
	exit
