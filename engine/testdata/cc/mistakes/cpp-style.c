#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <cstdint>
class A {};
SEC("xdp") int prog(struct xdp_md *ctx)
{
	auto x = 3;
	bool b = true;
	return x;
}
char LICENSE[] SEC("license") = "GPL";
