; helper/negative-size
	.section xdp
program:
	r6 = *(u32 *)(r1 + 12)
	r2 = r6
	r2 -= 5
	r1 = r10
	r1 += -16
	*(u64 *)(r10 - 8) = 0
	*(u64 *)(r10 - 16) = 0
	if r2 s> 16 goto out
	r3 = 0
	call bpf_trace_printk
out:
	r0 = 2
	exit
