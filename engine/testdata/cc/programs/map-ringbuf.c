#include "common.h"
struct event { __u32 length; __u8 head[16]; __u64 tag; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } events SEC(".maps");
SEC("xdp") int report(struct xdp_md *ctx)
{
	__u8 *data = packet(ctx);
	if (!data)
		return XDP_DROP;
	struct event *e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e)
		return XDP_PASS;
	e->length = ctx->data_end - ctx->data;
	__builtin_memcpy(e->head, data, sizeof(e->head));
	e->tag = 0x1122334455667788ull;
	if (data[0] & 1)
		bpf_ringbuf_discard(e, 0);
	else
		bpf_ringbuf_submit(e, 0);
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
