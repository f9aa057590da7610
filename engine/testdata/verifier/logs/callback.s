; A callback without BTF: Linux does not take it.
.section tc
callback:
	*(u64 *)(r10 - 8) = 0
	r1 = 10
	r2 = body ll
	r3 = r10
	r3 += -8
	r4 = 0
	call bpf_loop
	r0 = *(u64 *)(r10 - 8)
	r0 &= 1
	exit
body:
	r3 = *(u64 *)(r2 + 0)
	r3 += r1
	*(u64 *)(r2 + 0) = r3
	r0 = 0
	exit
