; helper/unbounded-size
	.section xdp
program:
	r2 = *(u32 *)(r1 + 12)
	r3 = 0
	r1 = r10
	r1 += -16
	*(u64 *)(r10 - 8) = 0
	*(u64 *)(r10 - 16) = 0
	if r2 == 0 goto out
	call bpf_trace_printk
out:
	r0 = 2
	exit
