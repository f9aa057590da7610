; memory/zero-size
	.section xdp
program:
	r1 = r10
	r1 += -8
	r2 = 0
	r3 = 0
	call bpf_trace_printk
	r0 = 2
	exit
