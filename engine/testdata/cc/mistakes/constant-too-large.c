#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct key { unsigned proto : 3; __u16 port; };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u8 byte = 300;
	struct key k = {9, 70000};
	k.proto = 8;
	return byte + k.port + k.proto;
}
char LICENSE[] SEC("license") = "GPL";
