; A register that a helper left unreadable, in one of two paths.
.section socket
uninitialised:
	r2 = 1
	r3 = *(u32 *)(r1 + 0)
	if r3 != 0 goto used
	call bpf_ktime_get_ns
used:
	r0 = r2
	exit
