; alu/shift
	.section xdp
program:
	r0 = 8
	r0 <<= 64
	exit
