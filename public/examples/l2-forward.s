; Forwards every frame to the device that the devmap holds for the device it came in on.
; Try: point entry 1 of the map to another interface index.

	.map ports, type=devmap, key=4, value=4, max_entries=8

	.section xdp
	.globl l2_forward
l2_forward:
	r2 = *(u32 *)(r1 + 12)          ; xdp_md.ingress_ifindex
	r1 = ports ll
	w3 = XDP_PASS                   ; when the map has no such entry
	call bpf_redirect_map
	exit
