; register/uninitialized
	.section xdp
program:
	r0 = r3
	exit
