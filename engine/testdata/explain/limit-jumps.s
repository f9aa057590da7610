; limit/jumps
	.section xdp
program:
	r6 = 0
again:
	r6 += 1
	call bpf_get_prandom_u32
	if r0 == 3 goto done
	goto again
done:
	r0 = 2
	exit
