; stack/spill-size
	.section xdp
program:
	*(u64 *)(r10 - 8) = r1
	*(u32 *)(r10 - 16) = r1
	r0 = 2
	exit
