; 10 000 turns of shifts and a product, each waiting for the one before.
.section xdp
mix:
	w0 = 1
	w2 = *(u32 *)(r1 + 4)
	w1 = *(u32 *)(r1 + 0)
	r3 = r1
	r3 += 16
	if r3 > r2 goto l5
	w3 = 10000
	r2 = *(u64 *)(r1 + 0)
	r2 |= 1
	r4 = -7046029254386353131 ll
l2:
	r5 = r2
	r5 <<= 13
	r5 ^= r2
	r0 = r5
	r0 >>= 7
	r0 ^= r5
	r2 = r0
	r2 <<= 17
	r2 ^= r0
	r2 *= r4
	w3 += -1
	if w3 == 0 goto l3
	goto l2
l3:
	*(u64 *)(r1 + 8) = r2
	r2 &= 1
	w0 = 1
	if r2 == 0 goto l5
	w0 = 2
l5:
	exit
