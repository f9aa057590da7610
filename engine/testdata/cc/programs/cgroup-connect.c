#include "common.h"
SEC("cgroup/connect4") int connect(struct bpf_sock_addr *ctx)
{
	if (ctx->user_port == bpf_htons(23))
		return 0;
	if (ctx->user_ip4 == bpf_htonl(0x01020304)) {
		ctx->user_ip4 = bpf_htonl(0x7f000001);
		ctx->user_port = bpf_htons(8080);
	}
	return 1;
}
char _license[] SEC("license") = "GPL";
