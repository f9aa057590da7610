; pointer/offset
	.section xdp
program:
	r2 = r10
	r2 += 0x20000001
	r0 = 2
	exit
