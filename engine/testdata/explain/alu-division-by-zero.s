; alu/division-by-zero
	.section xdp
program:
	r0 = 8
	r0 /= 0
	exit
