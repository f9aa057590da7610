; register/invalid
	.section xdp
program:
	.quad 0x0000000100000bb7
	r0 = 0
	exit
