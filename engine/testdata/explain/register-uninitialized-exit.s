; register/uninitialized
	.section xdp
program:
	exit
