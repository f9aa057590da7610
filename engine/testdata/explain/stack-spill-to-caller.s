; stack/spill-to-caller
	.section xdp
program:
	r1 = r10
	r1 += -8
	*(u64 *)(r10 - 8) = 0
	call callee
	r0 = 2
	exit
callee:
	r2 = r10
	r2 += -8
	*(u64 *)(r1 + 0) = r2
	r0 = 0
	exit
