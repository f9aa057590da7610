; A dispatcher: the protocol number picks the next program from a prog array. Where the slot is empty the tail call falls
; through and the packet passes.
; Try: step into a TCP packet and watch the program change at the tail call.

	.map handlers, type=prog_array, key=4, value=4, max_entries=256
	.slot handlers, 6, handle_tcp
	.slot handlers, 17, handle_udp

	.section xdp
	.globl dispatch
dispatch:
	r3 = *(u32 *)(r1 + 4)
	r2 = *(u32 *)(r1 + 0)
	r4 = r2
	r4 += 34
	if r4 > r3 goto pass
	r4 = *(u16 *)(r2 + 12)
	if r4 != 0x0008 goto pass
	r3 = *(u8 *)(r2 + 23)
	r2 = handlers ll
	call bpf_tail_call
pass:
	w0 = XDP_PASS
	exit

	.section xdp
	.globl handle_tcp
handle_tcp:
	r3 = *(u32 *)(r1 + 4)
	r2 = *(u32 *)(r1 + 0)
	r4 = r2
	r4 += 54
	if r4 > r3 goto tcp_pass
	r4 = *(u16 *)(r2 + 36)          ; destination port
	if r4 == 0x1700 goto tcp_drop   ; telnet
tcp_pass:
	w0 = XDP_PASS
	exit
tcp_drop:
	w0 = XDP_DROP
	exit

	.section xdp
	.globl handle_udp
handle_udp:
	w0 = XDP_DROP
	exit
