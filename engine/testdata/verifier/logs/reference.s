; A record of a ring buffer, submitted on each path.
.map events, type=ringbuf, max_entries=4096
.section tc
reference:
	r1 = events ll
	r2 = 16
	r3 = 0
	call bpf_ringbuf_reserve
	if r0 == 0 goto out
	r1 = 1
	*(u64 *)(r0 + 0) = r1
	*(u64 *)(r0 + 8) = r1
	r1 = r0
	r2 = 0
	call bpf_ringbuf_submit
out:
	r0 = 0
	exit
