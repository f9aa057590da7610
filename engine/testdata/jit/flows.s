; Two counters per flow in a hash map with a key of 16 bytes.
.map flows, type=hash, key=16, value=16, max_entries=1024
.section xdp
flow:
	w0 = 1
	w6 = *(u32 *)(r1 + 4)
	w7 = *(u32 *)(r1 + 0)
	r1 = r7
	r1 += 14
	if r1 > r6 goto l8
	w2 = *(u8 *)(r7 + 12)
	w3 = *(u8 *)(r7 + 13)
	w3 <<= 8
	w3 |= w2
	w0 = 2
	if w3 != 8 goto l8
	r2 = r7
	r2 += 34
	w0 = 1
	if r2 > r6 goto l8
	w2 = *(u8 *)(r7 + 23)
	w0 = 2
	if w2 != 6 goto l8
	w2 = *(u8 *)(r1 + 0)
	w2 <<= 2
	w2 &= 60
	w0 = 1
	if w2 < 20 goto l8
	r1 += r2
	r2 = r1
	r2 += 20
	if r2 > r6 goto l8
	w2 = *(u32 *)(r7 + 26)
	*(u32 *)(r10 - 16) = w2
	w2 = *(u32 *)(r7 + 30)
	*(u32 *)(r10 - 12) = w2
	w2 = *(u16 *)(r1 + 0)
	*(u16 *)(r10 - 8) = w2
	w1 = *(u16 *)(r1 + 2)
	w2 = 6
	*(u32 *)(r10 - 4) = w2
	*(u16 *)(r10 - 6) = w1
	r2 = r10
	r2 += -16
	r1 = flows ll
	call 1
	r1 = r0
	w0 = 1
	if r1 == 0 goto l8
	r2 = 1
	r2 = atomic_fetch_add((u64 *)(r1 + 0), r2)
	r6 -= r7
	r6 = atomic_fetch_add((u64 *)(r1 + 8), r6)
	w0 = 2
l8:
	exit
