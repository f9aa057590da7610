; limit/instructions
	.section xdp
program:
	r6 = 0
again:
	r6 += 1
	if r6 < 2000000 goto again
	r0 = 2
	exit
