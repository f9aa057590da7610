; helper/gpl-only
	.license "Proprietary"
	.section xdp
program:
	r1 = r10
	r1 += -8
	*(u64 *)(r10 - 8) = 0
	r2 = 8
	call bpf_trace_printk
	r0 = 2
	exit
