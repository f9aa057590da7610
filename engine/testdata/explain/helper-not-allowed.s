; helper/not-allowed
	.section xdp
program:
	call bpf_get_socket_cookie
	r0 = 2
	exit
