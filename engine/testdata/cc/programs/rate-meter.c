// Two-rate three-colour marking with a spin lock around each flow's buckets.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define min(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a < _b ? _a : _b; })

struct meter {
	struct bpf_spin_lock lock;
	__u32 committed, excess;
	__u64 stamp;
	__u64 green, yellow, red;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __be32);
	__type(value, struct meter);
} meters SEC(".maps");

enum colour { GREEN, YELLOW, RED };

static const __u8 dscp_of[] = { [GREEN] = 10, [YELLOW] = 12, [RED] = 14 };
__u64 now;

static __always_inline enum colour mark(struct meter *m, __u32 len)
{
	enum colour c;
	__u64 passed;

	bpf_spin_lock(&m->lock);
	passed = now - m->stamp;
	m->stamp = now;
	m->committed = min(m->committed + passed * 100, 3000ULL);
	m->excess = min(m->excess + passed * 50, 6000ULL);
	if (m->committed >= len) {
		m->committed -= len;
		m->green++;
		c = GREEN;
	} else if (m->excess >= len) {
		m->excess -= len;
		m->yellow++;
		c = YELLOW;
	} else {
		m->red++;
		c = RED;
	}
	bpf_spin_unlock(&m->lock);
	return c;
}

SEC("tc")
int meter(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *data_end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct meter *m, fresh = { .committed = 100, .excess = 120 };
	enum colour c;

	if ((void *)(ip + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return TC_ACT_OK;
	m = bpf_map_lookup_elem(&meters, &ip->saddr);
	if (!m) {
		bpf_map_update_elem(&meters, &ip->saddr, &fresh, BPF_NOEXIST);
		m = bpf_map_lookup_elem(&meters, &ip->saddr);
		if (!m)
			return TC_ACT_SHOT;
	}
	now++;
	c = mark(m, skb->len);
	ip->tos = (ip->tos & 3) | dscp_of[c] << 2;
	return c == RED ? TC_ACT_SHOT : TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
