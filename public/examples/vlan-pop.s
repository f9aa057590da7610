; Removes the outer 802.1Q tag: moves both MAC addresses four bytes up and lets the packet begin there.
; Try: step to the call of bpf_xdp_adjust_head and compare the packet before and after it.

	.section xdp
	.globl vlan_pop
vlan_pop:
	r6 = r1
	r2 = *(u32 *)(r1 + 4)
	r1 = *(u32 *)(r1 + 0)
	r3 = r1
	r3 += 18
	if r3 > r2 goto pass
	r3 = *(u16 *)(r1 + 12)
	if r3 == 0x0081 goto tagged     ; 802.1Q
	if r3 != 0xa888 goto pass       ; 802.1ad
tagged:
	r3 = *(u32 *)(r1 + 0)           ; 12 bytes of addresses
	r4 = *(u32 *)(r1 + 4)
	r5 = *(u32 *)(r1 + 8)
	*(u32 *)(r1 + 12) = r5
	*(u32 *)(r1 + 8) = r4
	*(u32 *)(r1 + 4) = r3
	r1 = r6
	w2 = 4
	call bpf_xdp_adjust_head
	if r0 != 0 goto aborted
pass:
	w0 = XDP_PASS
	exit
aborted:
	w0 = XDP_ABORTED
	exit
