; insn/unknown
	.section xdp
program:
	.quad 0x00000000000000ef
	r0 = 2
	exit
