// A load balancer for layer 4 at XDP: services by address, port and protocol, consistent hashing by rings that user space lays out,
// connections that stay where they are, IP in IP or generic UDP encapsulation, errors that quote a flow sent after it.
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
// differs: connections
#include "l4lb.h"
#include "l4lb-parse.h"
#include "l4lb-choose.h"
#include "l4lb-send.h"

static __always_inline void account(__u32 backend, const struct packet *p)
{
	struct traffic *t = bpf_map_lookup_elem(&traffic, &backend);

	if (!t)
		return;
	t->packets++;
	t->bytes += p->length;
}

static __always_inline __u32 overhead(const struct backend *b)
{
	if (b->encapsulation == ENCAP_GUE)
		return sizeof(struct iphdr) + sizeof(struct gue_header);
	if (b->encapsulation == ENCAP_DIRECT)
		return 0;
	return b->family == 6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
}

static __always_inline int is_service_address(const struct packet *p)
{
	struct service_key key = { .address = p->flow.target, .family = p->flow.family };

	return bpf_map_lookup_elem(&services, &key) != NULL;
}

static __always_inline int send(struct xdp_md *ctx, const struct packet *p, const struct backend *b,
				const struct gateway *g)
{
	__u32 spread = hash_of(&p->flow, 0);

	switch (b->encapsulation) {
	case ENCAP_DIRECT:
		return send_direct(ctx, b, g);
	case ENCAP_GUE:
		return send_gue(ctx, p, b, g, spread);
	default:
		return b->family == 6 ? send_ip6(ctx, p, b, g, spread) : send_ipip(ctx, p, b, g, spread);
	}
}

SEC("xdp")
int balance(struct xdp_md *ctx)
{
	struct packet p = {};
	const struct gateway *g;
	const struct service *s;
	const struct backend *b;
	__u32 number = 0;

	count(EVENT_PACKETS);
	switch (read_frame(ctx, &p)) {
	case PARSED_DROP:
		count(EVENT_MALFORMED);
		return XDP_DROP;
	case PARSED_ECHO:
		if (!is_service_address(&p) || p.offset != ETH_HLEN)
			return XDP_PASS;
		count(EVENT_ECHO);
		return p.flow.family == 4 ? answer_echo4(ctx) : answer_echo6(ctx);
	case PARSED_PASS:
		return XDP_PASS;
	}
	s = service_of(&p.flow);
	g = gateway();
	if (!s || !g)
		return XDP_PASS;
	b = choose(&p, s, &number);
	if (!b || (!b->family && b->encapsulation != ENCAP_DIRECT)) {
		count(EVENT_NO_BACKEND);
		return XDP_DROP;
	}
	if (g->mtu && p.length + overhead(b) > g->mtu) {
		count(EVENT_TOO_BIG);
		if (p.flow.family == 4 && !p.quoted)
			return answer_too_big(ctx, &p, g, g->mtu - overhead(b));
		return XDP_DROP;
	}
	account(number, &p);
	if (send(ctx, &p, b, g)) {
		count(EVENT_NO_ROOM);
		return XDP_DROP;
	}
	return XDP_TX;
}

char _license[] SEC("license") = "GPL";
