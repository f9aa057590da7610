; program/jump-into-ld-imm64
	.section xdp
program:
	r0 = 2
	if r0 == 2 goto +1
	r1 = 1 ll
	exit
