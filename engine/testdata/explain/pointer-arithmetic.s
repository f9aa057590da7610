; pointer/arithmetic
	.section xdp
program:
	r1 *= 4
	r0 = 2
	exit
