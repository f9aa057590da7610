; Sum of 1400 bytes, the tightest of loops.
.section xdp
sum:
	w0 = 1
	w2 = *(u32 *)(r1 + 4)
	w1 = *(u32 *)(r1 + 0)
	r3 = r1
	r3 += 1500
	if r3 > r2 goto l5
	r2 = 0
	r3 = 14
l2:
	r4 = r1
	r4 += r3
	w4 = *(u8 *)(r4 + 0)
	r2 += r4
	r3 += 1
	if r3 == 1414 goto l3
	goto l2
l3:
	*(u64 *)(r1 + 0) = r2
	r2 &= 1
	w0 = 1
	if r2 == 0 goto l5
	w0 = 2
l5:
	exit
