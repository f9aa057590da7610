; program/fall-through
	.section xdp
program:
	r0 = 2
