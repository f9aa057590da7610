; reference/modified
	.map rb, type=ringbuf, max_entries=4096
	.section xdp
program:
	r1 = rb ll
	r2 = 8
	r3 = 0
	call bpf_ringbuf_reserve
	if r0 == 0 goto out
	r1 = r0
	r1 += 4
	r2 = 0
	call bpf_ringbuf_submit
	
out:
	r0 = 2
	exit
