; Counts packets and bytes per IP protocol in an array map.
; Try: run the packets, then look at entries 1 (ICMP), 6 (TCP) and 17 (UDP) in the Maps panel.

	.map counters, type=array, key=4, value=16, max_entries=256

	.section xdp
	.globl count_protocols
count_protocols:
	r7 = *(u32 *)(r1 + 4)           ; data_end
	r6 = *(u32 *)(r1 + 0)           ; data
	r8 = r7
	r8 -= r6                        ; length of the packet
	r3 = r6
	r3 += 54
	if r3 > r7 goto short
	r3 = *(u16 *)(r6 + 12)
	if r3 == 0x0008 goto ipv4
	if r3 == 0xdd86 goto ipv6
	goto out
ipv6:
	r3 = *(u8 *)(r6 + 20)           ; next header
	goto count
short:
	r3 = r6
	r3 += 34
	if r3 > r7 goto out
	r3 = *(u16 *)(r6 + 12)
	if r3 != 0x0008 goto out
ipv4:
	r3 = *(u8 *)(r6 + 23)           ; protocol
count:
	*(u32 *)(r10 - 4) = r3
	r2 = r10
	r2 += -4
	r1 = counters ll
	call bpf_map_lookup_elem
	if r0 == 0 goto out
	r1 = 1
	lock *(u64 *)(r0 + 0) += r1     ; packets
	lock *(u64 *)(r0 + 8) += r8     ; bytes
out:
	w0 = XDP_PASS
	exit
