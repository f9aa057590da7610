; Rejected: a loop over the packet whose end the verifier cannot see.
; Try: count the turns in r5 and leave the loop after 64.

	.section xdp
	.globl sum_bytes
sum_bytes:
	r2 = *(u32 *)(r1 + 4)
	r1 = *(u32 *)(r1 + 0)
	w0 = 0
next:
	r3 = r1
	r3 += 1
	if r3 > r2 goto done
	r4 = *(u8 *)(r1 + 0)
	w0 += w4
	goto next
done:
	w0 &= 1
	w0 += XDP_DROP
	exit
