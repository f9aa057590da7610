#include "common.h"
SEC("sockops") int ops(struct bpf_sock_ops *ops)
{
	switch (ops->op) {
	case BPF_SOCK_OPS_TIMEOUT_INIT:
		ops->reply = ops->family == 2 ? 300 : -1;
		break;
	case BPF_SOCK_OPS_TCP_CONNECT_CB: {
		int size = 100000;
		bpf_setsockopt(ops, 1, 7, &size, sizeof(size));
		break;
	}
	default:
		ops->reply = -1;
	}
	return 1;
}
char _license[] SEC("license") = "GPL";
