; A load balancer: TCP to 10.0.0.100 goes to one of two backends, chosen by a hash of source address and port. The destination
; address is rewritten, and the IPv4 and TCP checksums are mended with the difference.
; Try: open the fields of a packet before and after; both checksums stay correct.

	.map backends, type=array, key=4, value=12, max_entries=2

	.section xdp
	.globl balance
balance:
	r7 = *(u32 *)(r1 + 4)
	r6 = *(u32 *)(r1 + 0)
	r3 = r6
	r3 += 54
	if r3 > r7 goto pass
	r3 = *(u16 *)(r6 + 12)
	if r3 != 0x0008 goto pass
	r3 = *(u8 *)(r6 + 14)
	if r3 != 0x45 goto pass
	r3 = *(u8 *)(r6 + 23)
	if r3 != 6 goto pass
	r8 = *(u32 *)(r6 + 30)          ; destination address
	if r8 != 0x6400000a goto pass   ; 10.0.0.100 in network byte order
	r1 = *(u32 *)(r6 + 26)          ; hash: source address and port
	r2 = *(u16 *)(r6 + 34)
	w1 ^= w2
	w2 = w1
	w2 >>= 16
	w1 ^= w2
	w1 *= 0x9e3779b1
	w1 >>= 31                       ; 0 or 1
	*(u32 *)(r10 - 4) = r1
	r2 = r10
	r2 += -4
	r1 = backends ll
	call bpf_map_lookup_elem
	if r0 == 0 goto pass
	r9 = *(u32 *)(r0 + 0)           ; the backend's address
	if r9 == 0 goto pass
	r1 = *(u32 *)(r0 + 4)           ; and its MAC
	*(u32 *)(r6 + 0) = r1
	r1 = *(u16 *)(r0 + 8)
	*(u16 *)(r6 + 4) = r1
	*(u32 *)(r6 + 30) = r9
	r1 = *(u16 *)(r6 + 24)          ; IPv4 checksum
	r2 = r8
	r3 = r9
	call mend
	*(u16 *)(r6 + 24) = r0
	r1 = *(u16 *)(r6 + 50)          ; TCP checksum covers the address too
	r2 = r8
	r3 = r9
	call mend
	*(u16 *)(r6 + 50) = r0
	w0 = XDP_TX
	exit
pass:
	w0 = XDP_PASS
	exit

; r1: checksum, r2: old word, r3: new word; returns the new checksum (RFC 1624)
mend:
	r1 ^= 0xffff
	r2 ^= -1
	w2 = w2
	r0 = r2
	r0 &= 0xffff
	r1 += r0
	r2 >>= 16
	r1 += r2
	r0 = r3
	r0 &= 0xffff
	r1 += r0
	r3 >>= 16
	r1 += r3
	r0 = r1
	r0 >>= 16
	r1 &= 0xffff
	r1 += r0
	r0 = r1
	r0 >>= 16
	r1 += r0
	r0 = r1
	r0 ^= 0xffff
	r0 &= 0xffff
	exit
