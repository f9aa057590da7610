; stack/out-of-bounds
	.section xdp
program:
	*(u64 *)(r10 - 520) = 0
	r0 = 2
	exit
