// Limits TCP SYNs per source address: at most `limit` a second pass, the rest is dropped. `limit` and `window` are configuration:
// a loader may set them before the program is loaded, and the verifier then knows their values.
// Try: set `limit` to 2 in the Object panel's Globals, or change it here, and run the flood again.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

const volatile __u64 limit = 5;
const volatile __u64 window = 1000000000; /* nanoseconds */

__u64 dropped;

struct source {
	__u64 since;
	__u64 syns;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__type(key, __be32);
	__type(value, struct source);
	__uint(max_entries, 1024);
} sources SEC(".maps");

SEC("xdp")
int syn_limiter(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct tcphdr *tcp = (void *)(ip + 1);

	if ((void *)(tcp + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->ihl != 5 || ip->protocol != IPPROTO_TCP || !tcp->syn || tcp->ack)
		return XDP_PASS;

	__u64 now = bpf_ktime_get_ns();
	__be32 address = ip->saddr;
	struct source *known = bpf_map_lookup_elem(&sources, &address);
	if (!known) {
		struct source first = { .since = now, .syns = 1 };
		bpf_map_update_elem(&sources, &address, &first, BPF_ANY);
		return XDP_PASS;
	}
	if (now - known->since > window) {
		known->since = now;
		known->syns = 0;
	}
	if (++known->syns <= limit)
		return XDP_PASS;
	dropped++;
	return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
