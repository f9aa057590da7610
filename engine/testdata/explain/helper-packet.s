; helper/packet
	.section xdp
program:
	r2 = *(u32 *)(r1 + 0)
	r3 = *(u32 *)(r1 + 4)
	r4 = r2
	r4 += 64
	if r4 > r3 goto out
	r6 = r1
	r1 = r2
	r2 = 8
	call bpf_trace_printk
out:
	r0 = 2
	exit
