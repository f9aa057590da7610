// Walks the extension headers of IPv6, at most eight of them, and counts the packets of each upper protocol.
// Try: write the loop as `bpf_for(i, 0, MOST)` and compare the processed instructions in the Verifier panel.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MOST 8

struct extension {
	__u8 next;
	__u8 length; /* in 8 bytes, less the first 8 */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 256);
} uppers SEC(".maps");

static __always_inline int extends(__u8 next)
{
	return next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING || next == IPPROTO_DSTOPTS;
}

SEC("xdp")
int ipv6_extensions(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct ipv6hdr *ip6 = (void *)(eth + 1);
	__u64 offset = sizeof(*eth) + sizeof(*ip6);
	__u8 next;
	int i;

	if ((void *)(ip6 + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	next = ip6->nexthdr;
	for (i = 0; i < MOST; i++) {
		struct extension header;

		if (!extends(next) || bpf_xdp_load_bytes(ctx, offset, &header, sizeof(header)))
			break;
		next = header.next;
		offset += (header.length + 1) * 8;
	}

	__u32 key = next;
	__u64 *count = bpf_map_lookup_elem(&uppers, &key);
	if (count)
		__sync_fetch_and_add(count, 1);
	return extends(next) ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
