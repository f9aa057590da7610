; memory/not-a-pointer
	.section xdp
program:
	r2 = 5
	r0 = *(u8 *)(r2 + 0)
	exit
