; The least that a program can do.
.section xdp
pass:
	w0 = 2
	exit
