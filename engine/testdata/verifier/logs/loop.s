; A loop whose counter decides where the stack is written: its bound must be tracked precisely.
.section socket
loop:
	r6 = 0
	r7 = 0
again:
	r1 = r10
	r1 += -8
	r1 += r6
	*(u8 *)(r1 + 0) = r7
	r7 += 3
	r6 += 1
	if r6 < 8 goto again
	r0 = *(u64 *)(r10 - 8)
	exit
