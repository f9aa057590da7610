; program/call-target
	.section xdp
program:
	.quad 0x0000006400001085
	r0 = 2
	exit
