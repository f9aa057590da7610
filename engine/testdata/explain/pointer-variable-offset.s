; pointer/variable-offset
	.section xdp
program:
	r6 = *(u32 *)(r1 + 12)
	r6 &= 4
	r1 += r6
	call bpf_xdp_get_buff_len
	r0 = 2
	exit
