; Ethernet, IPv4 with options, TCP; verdict by port.
.section xdp
parse:
	w0 = 1
	w2 = *(u32 *)(r1 + 4)
	w3 = *(u32 *)(r1 + 0)
	r1 = r3
	r1 += 14
	if r1 > r2 goto l10
	w4 = *(u8 *)(r3 + 12)
	w5 = *(u8 *)(r3 + 13)
	w5 <<= 8
	w5 |= w4
	w0 = 2
	if w5 != 8 goto l10
	r4 = r3
	r4 += 34
	w0 = 1
	if r4 > r2 goto l10
	w3 = *(u8 *)(r3 + 23)
	w0 = 2
	if w3 != 6 goto l10
	w3 = *(u8 *)(r1 + 0)
	w3 <<= 2
	w3 &= 60
	w0 = 1
	if w3 < 20 goto l10
	r1 += r3
	r3 = r1
	r3 += 20
	if r3 > r2 goto l10
	w1 = *(u16 *)(r1 + 2)
	if w1 == 5632 goto l10
	if w1 == 5888 goto l10
	r1 = be16 r1
	w1 += -8000
	w1 &= 65535
	w0 = 3
	if w1 < 1000 goto l10
	w0 = 2
l10:
	exit
