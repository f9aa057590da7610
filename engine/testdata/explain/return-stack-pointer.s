; return/stack-pointer
	.section xdp
program:
	call callee
	r0 = 2
	exit
callee:
	r0 = r10
	exit
