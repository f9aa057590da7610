; A loop that comes back to the same state.
.section socket
endless:
	call bpf_get_prandom_u32
	if r0 > 5 goto endless
	r1 = 1
again:
	goto again
