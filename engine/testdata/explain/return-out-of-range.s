; return/out-of-range
	.section cgroup/dev
program:
	r0 = 7
	exit
