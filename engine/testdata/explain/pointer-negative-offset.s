; pointer/negative-offset
	.section xdp
program:
	r1 += -4
	call bpf_xdp_get_buff_len
	r0 = 2
	exit
