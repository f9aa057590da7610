; program/unreachable
	.section xdp
program:
	r0 = 2
	exit
	r0 = 1
	exit
