#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event { int pid; char comm[16]; };
static __always_inline void fill(struct event *e)
{
	__builtin_memset(e, 0, sizeof(e));
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	struct event e;
	fill(&e);
	return e.pid;
}
char LICENSE[] SEC("license") = "GPL";
