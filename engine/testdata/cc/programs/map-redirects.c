#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __uint(max_entries, 4); __type(key, __u32); __type(value, __u32); } devices SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_CPUMAP); __uint(max_entries, 4); __type(key, __u32); __type(value, __u32); } cpus SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_XSKMAP); __uint(max_entries, 4); __type(key, __u32); __type(value, __u32); } sockets SEC(".maps");
SEC("xdp") int send(struct xdp_md *ctx)
{
	__u8 *p = packet(ctx);
	if (!p)
		return XDP_PASS;
	switch (p[0] & 3) {
	case 0: return bpf_redirect_map(&devices, p[1] & 3, XDP_PASS);
	case 1: return bpf_redirect_map(&cpus, p[1] & 3, XDP_DROP);
	case 2: return bpf_redirect_map(&sockets, ctx->rx_queue_index, XDP_PASS);
	}
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
