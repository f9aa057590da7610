// A gateway at XDP, the largest of these programs: zones and rules between them, sessions, budgets, the load balancer for what
// goes to services, forwarding by routes and neighbours, sketches and samples of what it sees.
// fill gateways 00000000 = 0a006400fd00000000000000000000000000ff00020000000001020000000002c0177805
// fill services 0a00000100000000000000000000000001bb0604 = 0000000000000000
// fill services 0a00000100000000000000000000000000500604 = 0100000001000000
// fill services 0a00000100000000000000000000000000001104 = 0200000006000000
// fill services 0a00000100000000000000000000000000000004 = 0f00000000000000
// fill services fd00000000000000000000000000000101bb0606 = 0300000000000000
// fill services fd00000000000000000000000000000100001106 = 0300000004000000
// fill services fd00000000000000000000000000000100000006 = 0f00000000000000
// fill backends 01000000 = c0a832010000000000000000000000000400020000000101
// fill backends 02000000 = c0a832020000000000000000000000000401020000000102
// fill backends 03000000 = fd5000000000000000000000000000030600020000000103
// fill backends 04000000 = c0a832040000000000000000000000000402020000000104
// fill rings 0-250/2 = 01000000
// fill rings 1-250/2 = 02000000
// fill rings 251-501/3 = 02000000
// fill rings 252-501/3 = 04000000
// fill rings 253-501/3 = 03000000
// fill rings 502-752/1 = 03000000
// fill rings 502-752/4 = 01000000
// fill rings 503-752/4 = 02000000
// fill rings 504-752/4 = 04000000
// fill rings 753-1003/2 = 03000000
// fill rings 754-1003/2 = 01000000
// fill zones 6800000000000000000000000000ffff0a000000 = 02000000
// fill zones 6000000000000000000000000000ffff00000000 = 01000000
// fill zones 8000000000000000000000000000ffff0a000001 = 03000000
// fill zones 7e00000000000000000000000000ffff0a000028 = 04000000
// fill zones 08000000fd000000000000000000000000000000 = 02000000
// fill zones 80000000fd000000000000000000000000000001 = 03000000
// fill policy 02000300 = 05000000bb01bb0106030100500050000603020035003500110203000100ff03060004000000ffff00010500000000000000000000000000000000000000000000000000
// fill policy 02000100 = 020000000000ffff110206000000ffff00010700000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
// fill policy 01000300 = 010000005000bb01060208000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
// fill policy 04000300 = 010000000000ffff000109000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
// fill routes 6800000000000000000000000000ffff0a000000 = 000000000000000000000000000000000100000004000000
// fill routes 6000000000000000000000000000ffff00000000 = 0a0000fe0000000000000000000000000200000004000000
// fill routes 08000000fd000000000000000000000000000000 = 000000000000000000000000000000000100000004000000
// fill neighbours 0a00000100000000000000000000000001000000 = 020000000901020000000801
// fill neighbours 0a0000fe00000000000000000000000002000000 = 020000000902020000000802
// fill neighbours fd00000000000000000000000000000101000000 = 020000000903020000000803
// fill neighbours 0a00001400000000000000000000000001000000 = 020000000914020000000814
// fill neighbours 0a00001500000000000000000000000001000000 = 020000000915020000000815
// fill neighbours 0a00001600000000000000000000000001000000 = 020000000916020000000816
// fill neighbours 0a00001700000000000000000000000001000000 = 020000000917020000000817
// fill neighbours 0a00001800000000000000000000000001000000 = 020000000918020000000818
// fill neighbours 0a00001900000000000000000000000001000000 = 020000000919020000000819
// fill neighbours 0a00001a00000000000000000000000001000000 = 02000000091a02000000081a
// fill neighbours 0a00001b00000000000000000000000001000000 = 02000000091b02000000081b
// fill neighbours 0a00001c00000000000000000000000001000000 = 02000000091c02000000081c
// fill neighbours 0a00001d00000000000000000000000001000000 = 02000000091d02000000081d
// fill neighbours 0a00001e00000000000000000000000001000000 = 02000000091e02000000081e
// fill neighbours 0a00001f00000000000000000000000001000000 = 02000000091f02000000081f
// fill neighbours 0a00002000000000000000000000000001000000 = 020000000920020000000820
// fill neighbours 0a00002100000000000000000000000001000000 = 020000000921020000000821
// fill neighbours 0a00002200000000000000000000000001000000 = 020000000922020000000822
// fill neighbours 0a00002300000000000000000000000001000000 = 020000000923020000000823
// fill vlan_zones 0a00 = 02000000
// fill vlan_zones 1400 = 03000000
// differs: connections sessions buckets
#include "wire.h"
#include "sums.h"
#include "mixing.h"
#include "l4lb.h"
#include "l4lb-parse.h"
#include "l4lb-choose.h"
#include "l4lb-send.h"
#include "gateway-policy.h"
#include "gateway-observe.h"
#include "gateway-forward.h"

enum outcome {
	OUTCOME_MALFORMED,
	OUTCOME_NOT_IP,
	OUTCOME_DENIED,
	OUTCOME_FORWARDED,
	OUTCOME_BALANCED,
	OUTCOME_ECHO,
	OUTCOME_COUNT,
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, OUTCOME_COUNT);
	__type(key, __u32);
	__type(value, struct traffic);
} outcomes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u16);
	__type(value, __u32);
} vlan_zones SEC(".maps");

static __always_inline int outcome(__u32 which, const struct packet *p, int action)
{
	struct traffic *t = bpf_map_lookup_elem(&outcomes, &which);

	if (t)
		add_traffic(t, p->length);
	return action;
}

static __always_inline int balance(struct xdp_md *ctx, const struct packet *p)
{
	const struct service *s = service_of(&p->flow);
	const struct gateway *g = gateway();
	const struct backend *b;
	__u32 number = 0, spread;
	int failed;

	if (!s || !g)
		return XDP_PASS;
	b = choose(p, s, &number);
	if (!b || (!b->family && b->encapsulation != ENCAP_DIRECT)) {
		count(EVENT_NO_BACKEND);
		return XDP_DROP;
	}
	spread = hash_of(&p->flow, 0);
	if (b->encapsulation == ENCAP_DIRECT)
		failed = send_direct(ctx, b, g);
	else if (b->encapsulation == ENCAP_GUE)
		failed = send_gue(ctx, p, b, g, spread);
	else if (b->family == 6)
		failed = send_ip6(ctx, p, b, g, spread);
	else
		failed = send_ipip(ctx, p, b, g, spread);
	if (failed) {
		count(EVENT_NO_ROOM);
		return XDP_DROP;
	}
	return XDP_TX;
}

static __always_inline int echo(struct xdp_md *ctx, const struct packet *p)
{
	struct service_key key = { .address = p->flow.target, .family = p->flow.family };

	if (p->offset != ETH_HLEN || !bpf_map_lookup_elem(&services, &key))
		return XDP_PASS;
	count(EVENT_ECHO);
	return p->flow.family == 4 ? answer_echo4(ctx) : answer_echo6(ctx);
}

SEC("xdp")
int gateway_main(struct xdp_md *ctx)
{
	struct packet p = {};
	enum action action;
	__u64 now = bpf_ktime_get_ns();

	count(EVENT_PACKETS);
	switch (read_frame(ctx, &p)) {
	case PARSED_DROP:
		return outcome(OUTCOME_MALFORMED, &p, XDP_DROP);
	case PARSED_PASS:
		return outcome(OUTCOME_NOT_IP, &p, XDP_PASS);
	case PARSED_ECHO:
		return outcome(OUTCOME_ECHO, &p, echo(ctx, &p));
	}
	observe_size(p.length);
	observe_source(&p.flow.source);
	action = judge(&p, now);
	sample(ctx, &p, action);
	switch (action) {
	case ACTION_BALANCE:
		return outcome(OUTCOME_BALANCED, &p, balance(ctx, &p));
	case ACTION_ALLOW:
		return outcome(OUTCOME_FORWARDED, &p, forward(ctx, &p));
	default:
		return outcome(OUTCOME_DENIED, &p, XDP_DROP);
	}
}

/* Behind the gateway's ports: frames of zones that may not leave by VLAN are marked in their priority bits. */
SEC("xdp")
int gateway_vlan(struct xdp_md *ctx)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	struct vlan_tag *tag;
	struct ethhdr *eth;
	__u32 *zone;
	__u16 vlan;

	if (!WIRE_TAKE(&w, eth) || eth->h_proto != bpf_htons(ETH_P_8021Q))
		return XDP_PASS;
	if (!WIRE_TAKE(&w, tag))
		return XDP_DROP;
	vlan = bpf_ntohs(tag->tci) & 0xfff;
	zone = bpf_map_lookup_elem(&vlan_zones, &vlan);
	if (!zone)
		return XDP_DROP;
	tag->tci = bpf_htons(vlan | (*zone & 7) << 13);
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
