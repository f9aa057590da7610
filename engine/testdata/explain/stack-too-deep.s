; stack/too-deep
	.section xdp
program:
	call callee
	r0 = 2
	exit
callee:
	*(u64 *)(r10 - 512) = 0
	call deeper
	r0 = 0
	exit
deeper:
	*(u64 *)(r10 - 8) = 0
	r0 = 0
	exit
