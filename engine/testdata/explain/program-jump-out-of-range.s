; program/jump-out-of-range
	.section xdp
program:
	r0 = 2
	goto +5
	exit
