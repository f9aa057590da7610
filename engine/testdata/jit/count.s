; The same with a counter per protocol in an array map.
.map counts, type=array, key=4, value=8, max_entries=256
.section xdp
count:
	w0 = 1
	w6 = *(u32 *)(r1 + 4)
	w8 = *(u32 *)(r1 + 0)
	r7 = r8
	r7 += 14
	if r7 > r6 goto l12
	w1 = *(u8 *)(r8 + 12)
	w2 = *(u8 *)(r8 + 13)
	w2 <<= 8
	w2 |= w1
	w0 = 2
	if w2 != 8 goto l12
	r1 = r8
	r1 += 34
	w0 = 1
	if r1 > r6 goto l12
	w1 = *(u8 *)(r8 + 23)
	*(u32 *)(r10 - 4) = w1
	r2 = r10
	r2 += -4
	r1 = counts ll
	call 1
	if r0 == 0 goto l5
	r1 = 1
	r1 = atomic_fetch_add((u64 *)(r0 + 0), r1)
l5:
	w0 = 2
	w1 = *(u8 *)(r8 + 23)
	if w1 != 6 goto l12
	w0 = 1
	w1 = *(u8 *)(r7 + 0)
	w1 <<= 2
	w1 &= 60
	if w1 < 20 goto l12
	r7 += r1
	r1 = r7
	r1 += 20
	if r1 > r6 goto l12
	w1 = *(u16 *)(r7 + 2)
	if w1 == 5632 goto l12
	if w1 == 5888 goto l12
	r1 = be16 r1
	w1 += -8000
	w1 &= 65535
	w0 = 3
	if w1 < 1000 goto l12
	w0 = 2
l12:
	exit
