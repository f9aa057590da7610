#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
int first(int a) __asm__("one");
int first(int a) __asm__("two");
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return first(1);
}
char LICENSE[] SEC("license") = "GPL";
