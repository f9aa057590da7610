; callback/no-btf
	.section xdp
program:
	r1 = 4
	r2 = callee ll
	r3 = 0
	r4 = 0
	call bpf_loop
	r0 = 2
	exit
callee:
	r0 = 0
	exit
