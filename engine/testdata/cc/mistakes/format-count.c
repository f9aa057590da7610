#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
__attribute__((format(printf, 1, 2))) int say(const char *fmt, ...);
SEC("xdp") int prog(struct xdp_md *ctx)
{
	say("%d of %d", 1);
	say("%d", 1, 2);
	say("100%");
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
