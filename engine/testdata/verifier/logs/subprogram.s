; Two calls of a function that writes to its caller's stack.
.section socket
main:
	*(u64 *)(r10 - 8) = 1
	r6 = r1
	r1 = r10
	r1 += -8
	r2 = 5
	call fill
	r1 = r10
	r1 += -16
	r2 = *(u32 *)(r6 + 0)
	call fill
	r0 = *(u64 *)(r10 - 16)
	exit
fill:
	if r2 > 9 goto skip
	*(u64 *)(r1 + 0) = r2
	r0 = 0
	exit
skip:
	*(u64 *)(r1 + 0) = 9
	r0 = 1
	exit
