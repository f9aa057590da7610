; stack/fill-size
	.section xdp
program:
	*(u64 *)(r10 - 8) = r1
	r0 = *(u32 *)(r10 - 8)
	r0 = 2
	exit
