; Narrow operations and comparisons of 32 bits.
.section socket
words:
	call bpf_get_prandom_u32
	r6 = r0
	w6 &= 0xff00
	if w6 s< 0x300 goto out
	r7 = r6
	r7 <<= 32
	r7 s>>= 32
	w8 = w7
	w8 >>= 4
	r8 = be16 r8
	if w8 == 0 goto out
	r6 = (s8)r6
	if r6 & 0x80 goto out
	w7 *= 3
	w7 %= 10
	r7 /= 2
out:
	w0 = 0
	exit
