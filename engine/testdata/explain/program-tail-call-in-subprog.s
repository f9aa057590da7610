; program/tail-call-in-subprog
	.map m, type=prog_array, key=4, value=4, max_entries=2
	.section xdp
program:
	call callee
	r0 = 2
	exit
callee:
	r2 = m ll
	r3 = 0
	call bpf_tail_call
	r0 = 0
	exit
