; Paths that meet: the second is pruned by the first, with precise marks where they matter.
.section tc
branches:
	r6 = r1
	call bpf_get_prandom_u32
	r7 = r0
	w8 = 4
	if w7 == 0 goto one
	w8 = 2
one:
	r9 = r10
	r9 += -16
	*(u64 *)(r10 - 16) = 0
	*(u64 *)(r10 - 8) = r7
	if w7 s> 5 goto two
	r7 &= 1
two:
	r1 = r6
	r2 = 0
	r3 = r9
	r4 = r8
	call bpf_skb_load_bytes
	r0 = *(u32 *)(r10 - 8)
	w0 &= 3
	exit
