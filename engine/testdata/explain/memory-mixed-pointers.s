; memory/mixed-pointers
	.section xdp
program:
	r0 = 2
	r2 = r1
	r6 = *(u32 *)(r1 + 12)
	r3 = r10
	*(u64 *)(r10 - 8) = 0
	*(u64 *)(r10 - 16) = 0
	if r6 > 5 goto other
	r2 = r10
	r2 += -16
other:
	r0 = *(u32 *)(r2 + 12)
	exit
