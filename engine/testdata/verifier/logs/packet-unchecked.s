; The check covers one byte less than the read.
.section xdp
packet:
	r2 = *(u32 *)(r1 + 4)
	r3 = *(u32 *)(r1 + 0)
	r4 = r3
	r4 += 13
	if r4 > r2 goto out
	r0 = *(u16 *)(r3 + 12)
out:
	r0 = 1
	exit
