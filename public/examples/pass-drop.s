; Pass or drop by protocol: UDP is dropped, everything else passes.
; Try: change the 17 (UDP) to 6 (TCP) and watch the actions of the packets change.

	.section xdp
	.globl pass_drop
pass_drop:
	r2 = *(u32 *)(r1 + 4)           ; xdp_md.data_end
	r1 = *(u32 *)(r1 + 0)           ; xdp_md.data
	w0 = XDP_PASS
	r3 = r1
	r3 += 34                        ; Ethernet (14) and IPv4 (20) headers
	if r3 > r2 goto out             ; too short: pass
	r3 = *(u16 *)(r1 + 12)          ; EtherType, network byte order
	if r3 != 0x0008 goto out        ; not IPv4
	r3 = *(u8 *)(r1 + 23)           ; IPv4 protocol
	if r3 != 17 goto out
	w0 = XDP_DROP
out:
	exit
