; helper/unknown
	.section xdp
program:
	call 9999
	exit
