; A packet read under a check of its length, with a part of variable length behind it.
.section xdp
packet:
	r2 = *(u32 *)(r1 + 4)
	r3 = *(u32 *)(r1 + 0)
	r4 = r3
	r4 += 20
	if r4 > r2 goto out
	w5 = *(u8 *)(r3 + 0)
	w5 &= 15
	w5 <<= 2
	r3 += r5
	r6 = r3
	r6 += 8
	if r6 > r2 goto out
	w0 = *(u16 *)(r3 + 2)
	w0 &= 1
	exit
out:
	w0 = 1
	exit
