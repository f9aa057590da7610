; loop/infinite
	.section xdp
program:
	r0 = 2
again:
	if r0 == 2 goto again
	exit
