; Rejected: reads the destination port at bytes 36 and 37, but proves only that bytes 0 to 35 are there.
; Try: make the 36 of the check a 38.

	.section xdp
	.globl read_port
read_port:
	r2 = *(u32 *)(r1 + 4)
	r1 = *(u32 *)(r1 + 0)
	w0 = XDP_PASS
	r3 = r1
	r3 += 36
	if r3 > r2 goto out
	r4 = *(u16 *)(r1 + 36)          ; bytes 36 and 37
	if r4 != 0x1700 goto out
	w0 = XDP_DROP
out:
	exit
