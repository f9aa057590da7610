; insn/reserved-fields
	.section xdp
program:
	.quad 0x0000000100010007
	r0 = 2
	exit
