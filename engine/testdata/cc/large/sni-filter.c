// Server names at XDP: the ClientHello of TLS over TCP is walked to its server name, which is hashed and looked up; QUIC's long
// headers are told apart by version and the lengths of their connection ids.
#include "wire.h"
#include "mixing.h"
#include <stdbool.h>

#define MOST_EXTENSIONS 24
#define NAME_ROOM 64
#define SERVER_NAME 0

enum kind { KIND_OTHER, KIND_HELLO, KIND_NO_NAME, KIND_BROKEN, KIND_QUIC, KIND_QUIC_SHORT, KIND_BLOCKED, KINDS };

struct server {
	char name[NAME_ROOM];
};

struct counts {
	__u64 packets;
	__u64 bytes;
};

struct quic_key {
	__u32 version;
	__u8 target_length;
	__u8 source_length;
	__u16 type;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct server);
	__type(value, struct counts);
} names SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} blocked SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct quic_key);
	__type(value, struct counts);
} quic SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, KINDS);
	__type(key, __u32);
	__type(value, struct counts);
} kinds SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct server);
} scratch SEC(".maps");

struct hello {
	struct xdp_md *ctx;
	struct server *server;
	__u32 at, end;
	__u32 name_length;
	__u32 hash;
	__u8 broken;
};

static __always_inline int tally(enum kind kind, __u32 length, int action)
{
	__u32 key = kind;
	struct counts *c = bpf_map_lookup_elem(&kinds, &key);

	if (c) {
		c->packets++;
		c->bytes += length;
	}
	return action;
}

static __always_inline int load16(struct xdp_md *ctx, __u32 at, __u32 *value)
{
	__be16 word;

	if (bpf_xdp_load_bytes(ctx, at, &word, sizeof(word)))
		return -1;
	*value = bpf_ntohs(word);
	return 0;
}

static int fold_letter(__u32 i, struct hello *h)
{
	__u8 letter;

	if (i >= h->name_length || i >= NAME_ROOM - 1)
		return 1;
	if (bpf_xdp_load_bytes(h->ctx, h->at + 9 + i, &letter, 1)) {
		h->broken = 1;
		return 1;
	}
	if (letter >= 'A' && letter <= 'Z')
		letter |= 0x20;
	h->hash = (h->hash ^ letter) * 16777619;
	h->server->name[i & (NAME_ROOM - 1)] = letter;
	return 0;
}

/* type, length; of a server name: length of the list, type 0, length of the name */
static int one_extension(__u32 i, struct hello *h)
{
	__u32 type, length, name;

	if (h->at + 4 > h->end)
		return 1;
	if (load16(h->ctx, h->at, &type) || load16(h->ctx, h->at + 2, &length)) {
		h->broken = 1;
		return 1;
	}
	if (type == SERVER_NAME) {
		if (length < 5 || load16(h->ctx, h->at + 7, &name) || name + 5 > length) {
			h->broken = 1;
			return 1;
		}
		h->name_length = name;
		bpf_loop(NAME_ROOM, fold_letter, h, 0);
		return 1;
	}
	h->at += 4 + length;
	return 0;
}

static __always_inline int skip(struct hello *h, __u32 width)
{
	__u8 bytes[2] = {};

	if (bpf_xdp_load_bytes(h->ctx, h->at, bytes, width))
		return -1;
	h->at += width + (width == 1 ? bytes[0] : bytes[0] << 8 | bytes[1]);
	return 0;
}

static __always_inline enum kind read_hello(struct xdp_md *ctx, __u32 at, __u32 total, struct hello *h)
{
	__u8 head[11];
	__u32 extensions, zero = 0;

	if (bpf_xdp_load_bytes(ctx, at, head, sizeof(head)))
		return KIND_OTHER;
	if (head[0] != 22 || head[1] != 3 || head[5] != 1)
		return KIND_OTHER;
	h->ctx = ctx;
	h->server = bpf_map_lookup_elem(&scratch, &zero);
	if (!h->server)
		return KIND_OTHER;
	__builtin_memset(h->server, 0, sizeof(*h->server));
	/* Behind the record, the handshake, the version and the random number. */
	h->at = at + 5 + 4 + 2 + 32;
	h->hash = 2166136261u;
	if (skip(h, 1) || skip(h, 2) || skip(h, 1))
		return KIND_BROKEN;
	if (load16(ctx, h->at, &extensions))
		return KIND_NO_NAME;
	h->at += 2;
	h->end = h->at + extensions;
	if (h->end > total)
		h->end = total;
	bpf_loop(MOST_EXTENSIONS, one_extension, h, 0);
	if (h->broken)
		return KIND_BROKEN;
	return h->name_length ? KIND_HELLO : KIND_NO_NAME;
}

static __always_inline int handle_tls(struct xdp_md *ctx, __u32 at, __u32 total)
{
	struct hello h = {};
	enum kind kind = read_hello(ctx, at, total, &h);
	struct counts *c;

	if (kind != KIND_HELLO)
		return tally(kind, total, kind == KIND_BROKEN ? XDP_DROP : XDP_PASS);
	c = bpf_map_lookup_elem(&names, h.server);
	if (c) {
		__sync_fetch_and_add(&c->packets, 1);
		__sync_fetch_and_add(&c->bytes, total);
	} else {
		struct counts fresh = { 1, total };

		bpf_map_update_elem(&names, h.server, &fresh, BPF_ANY);
	}
	if (bpf_map_lookup_elem(&blocked, &h.hash))
		return tally(KIND_BLOCKED, total, XDP_DROP);
	return tally(KIND_HELLO, total, XDP_PASS);
}

static __always_inline int handle_quic(struct xdp_md *ctx, __u32 at, __u32 total)
{
	struct quic_key key = {};
	struct counts *c, fresh = { 1, total };
	__u8 head[7];

	if (bpf_xdp_load_bytes(ctx, at, head, sizeof(head)))
		return tally(KIND_OTHER, total, XDP_PASS);
	if (!(head[0] & 0x40))
		return tally(KIND_OTHER, total, XDP_PASS);
	if (!(head[0] & 0x80))
		return tally(KIND_QUIC_SHORT, total, XDP_PASS);
	key.version = (__u32)head[1] << 24 | head[2] << 16 | head[3] << 8 | head[4];
	key.type = head[0] >> 4 & 3;
	key.target_length = head[5];
	if (key.target_length > 20)
		return tally(KIND_BROKEN, total, XDP_DROP);
	if (bpf_xdp_load_bytes(ctx, at + 6 + key.target_length, &key.source_length, 1))
		return tally(KIND_BROKEN, total, XDP_DROP);
	c = bpf_map_lookup_elem(&quic, &key);
	if (c) {
		c->packets++;
		c->bytes += total;
	} else {
		bpf_map_update_elem(&quic, &key, &fresh, BPF_ANY);
	}
	return tally(KIND_QUIC, total, XDP_PASS);
}

SEC("xdp")
int sni_filter(struct xdp_md *ctx)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	__u32 total = w.end - w.at, at;
	struct ethhdr *eth;
	struct iphdr *ip;
	struct ipv6hdr *ip6;
	__u8 protocol;
	__u16 vlan;
	__be16 type = wire_ethernet(&w, &eth, &vlan);

	if (type == bpf_htons(ETH_P_IP)) {
		if (!wire_ipv4(&w, &ip) || is_fragment(ip))
			return XDP_PASS;
		protocol = ip->protocol;
	} else if (type == bpf_htons(ETH_P_IPV6)) {
		if (!WIRE_TAKE(&w, ip6))
			return XDP_PASS;
		protocol = ip6->nexthdr;
	} else {
		return XDP_PASS;
	}
	at = w.at - (void *)(long)ctx->data;
	if (protocol == IPPROTO_TCP) {
		struct tcphdr *tcp;

		if (!WIRE_TAKE(&w, tcp) || tcp->dest != bpf_htons(443))
			return XDP_PASS;
		return handle_tls(ctx, at + tcp->doff * 4, total);
	}
	if (protocol == IPPROTO_UDP) {
		struct udphdr *udp;

		if (!WIRE_TAKE(&w, udp) || udp->dest != bpf_htons(443))
			return XDP_PASS;
		return handle_quic(ctx, at + sizeof(*udp), total);
	}
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
