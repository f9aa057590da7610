#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
typedef struct conn conn_t;
struct stats { u64 packets; u32 bytes; };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
