; memory/misaligned
	.section xdp
program:
	r2 = r10
	*(u64 *)(r2 - 12) = 0
	r0 = 2
	exit
