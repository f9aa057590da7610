; Marks what leaves: DNS gets priority mark 1, other UDP 2, everything else 0; telnet is dropped at egress.
; Try: look at the mark of each packet in the Output panel's trace, then change the port.

	.section .rodata
format:
	.asciz "mark %d"

	.section tc/egress
	.globl mark_egress
mark_egress:
	r6 = r1
	r3 = *(u32 *)(r1 + 80)          ; __sk_buff.data_end
	r2 = *(u32 *)(r1 + 76)          ; __sk_buff.data
	w7 = 0
	r4 = r2
	r4 += 42                        ; Ethernet, IPv4, UDP
	if r4 > r3 goto mark
	r4 = *(u16 *)(r2 + 12)
	if r4 != 0x0008 goto mark
	r4 = *(u8 *)(r2 + 14)
	if r4 != 0x45 goto mark
	r5 = *(u16 *)(r2 + 36)          ; destination port
	r4 = *(u8 *)(r2 + 23)
	if r4 == 17 goto udp
	if r4 != 6 goto mark
	if r5 == 0x1700 goto drop       ; telnet
	goto mark
udp:
	w7 = 2
	if r5 != 0x3500 goto mark       ; 53 in network byte order
	w7 = 1
mark:
	*(u32 *)(r6 + 8) = r7           ; __sk_buff.mark
	r1 = format ll
	w2 = 8
	w3 = w7
	call bpf_trace_printk
	w0 = TC_ACT_OK
	exit
drop:
	w0 = TC_ACT_SHOT
	exit
