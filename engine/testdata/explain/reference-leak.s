; reference/leak
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r1 = rb ll
	r2 = 8
	r3 = 0
	call bpf_ringbuf_reserve
	r6 = r0
	r0 = 2
	if r6 == 0 goto out
	*(u64 *)(r6 + 0) = 1
out:
	exit
