; Rejected: a ring buffer record is reserved, and on one path the program ends without submitting or discarding it.
; Try: on the path "empty", call bpf_ringbuf_discard with r1 = r6 and r2 = 0 first.

	.map events, type=ringbuf, max_entries=4096

	.section xdp
	.globl report
report:
	r7 = *(u32 *)(r1 + 0)
	r8 = *(u32 *)(r1 + 4)
	r1 = events ll
	w2 = 8
	w3 = 0
	call bpf_ringbuf_reserve
	if r0 == 0 goto out
	r6 = r0
	r8 -= r7
	if r8 s< 60 goto empty
	*(u64 *)(r6 + 0) = r8
	r1 = r6
	w2 = 0
	call bpf_ringbuf_submit
	goto out
empty:
out:
	w0 = XDP_PASS
	exit
