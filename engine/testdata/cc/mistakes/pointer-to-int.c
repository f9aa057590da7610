#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int key = 1;
	int value = &key;
	return value;
}
char LICENSE[] SEC("license") = "GPL";
