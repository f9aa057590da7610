; Spills, parts of them, data at an offset that is not known, and a read of what nobody wrote.
.section socket
stack:
	*(u64 *)(r10 - 8) = r1
	r6 = *(u32 *)(r1 + 0)
	*(u64 *)(r10 - 16) = r6
	r7 = *(u32 *)(r10 - 16)
	*(u32 *)(r10 - 24) = r7
	*(u32 *)(r10 - 20) = 0
	r8 = *(u64 *)(r10 - 24)
	r6 &= 7
	r2 = r10
	r2 += r6
	*(u8 *)(r2 - 24) = 1
	r1 = *(u64 *)(r10 - 8)
	r0 = *(u32 *)(r1 + 4)
	r0 = *(u64 *)(r10 - 32)
	exit
