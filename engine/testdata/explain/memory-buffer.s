; memory/buffer
	.section raw_tracepoint.w/x
program:
	r2 = *(u64 *)(r1 + 0)
	r0 = *(u64 *)(r2 - 8)
	r0 = 0
	exit
