; context/invalid-access
	.section xdp
program:
	*(u32 *)(r1 + 0) = 1
	r0 = 2
	exit
