; Instructions that no path leads to.
.section socket
unreachable:
	r0 = 0
	exit
	r0 = 1
	exit
