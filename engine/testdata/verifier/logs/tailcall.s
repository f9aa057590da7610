; A jump to another program, with an index that is known.
.map jumps, type=prog_array, key=4, value=4, max_entries=4
.section xdp
tailcall:
	r6 = r1
	r2 = jumps ll
	r3 = 2
	call bpf_tail_call
	r3 = 9
	r1 = r6
	r2 = jumps ll
	call bpf_tail_call
	r0 = 1
	exit
