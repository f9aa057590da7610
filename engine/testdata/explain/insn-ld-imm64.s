; insn/ld-imm64
	.section xdp
program:
	.quad 0x0000000000000018
	r0 = 2
	exit
