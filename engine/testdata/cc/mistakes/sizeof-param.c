#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __always_inline int clear(char name[16])
{
	__builtin_memset(name, 0, sizeof(name));
	return name[0];
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char name[16];
	return clear(name);
}
char LICENSE[] SEC("license") = "GPL";
