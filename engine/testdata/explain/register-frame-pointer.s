; register/frame-pointer
	.section xdp
program:
	r10 += 1
	r0 = 2
	exit
