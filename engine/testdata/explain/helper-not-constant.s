; helper/not-constant
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r6 = *(u32 *)(r1 + 12)
	r1 = rb ll
	r2 = r6
	r3 = 0
	call bpf_ringbuf_reserve
	r0 = 2
	exit
