#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __always_inline int put(char *to)
{
	to[0] = 'x';
	return 0;
}
static const char fixed[] = "abc";
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return put(fixed);
}
char LICENSE[] SEC("license") = "GPL";
