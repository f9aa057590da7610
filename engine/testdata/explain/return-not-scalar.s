; return/not-scalar
	.section cgroup/dev
program:
	r0 = r1
	exit
