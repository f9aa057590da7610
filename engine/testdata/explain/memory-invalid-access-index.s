; memory/invalid-access
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r6 = *(u32 *)(r1 + 16)
	r6 &= 31
	r1 = rb ll
	r2 = 16
	r3 = 0
	call bpf_ringbuf_reserve
	if r0 == 0 goto out
	r7 = r0
	r7 += r6
	*(u8 *)(r7 + 0) = 1
	r1 = r0
	r2 = 0
	call bpf_ringbuf_submit
out:
	r0 = 2
	exit
