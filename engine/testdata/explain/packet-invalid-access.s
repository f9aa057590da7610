; packet/invalid-access
	.section xdp
program:
	r2 = *(u32 *)(r1 + 0)
	r3 = *(u32 *)(r1 + 4)
	r0 = *(u8 *)(r2 + 12)
	r0 = 2
	exit
