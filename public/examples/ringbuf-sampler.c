// Samples packets into a ring buffer: time, length, source and destination of every packet that is long enough.
// Try: run the packets and look at the records in the Output panel.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct sample {
	__u64 time;
	__u32 length;
	__be32 source;
	__be32 destination;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("xdp")
int sample(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(ip + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;

	struct sample *record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
	if (!record)
		return XDP_PASS;
	record->time = bpf_ktime_get_ns();
	record->length = data_end - data;
	record->source = ip->saddr;
	record->destination = ip->daddr;
	bpf_ringbuf_submit(record, 0);
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
