; helper/map-type
	.map m, type=hash, key=4, value=16, max_entries=8
	.section xdp
program:
	r1 = m ll
	r2 = 8
	r3 = 0
	call bpf_ringbuf_reserve
	r0 = 2
	exit
