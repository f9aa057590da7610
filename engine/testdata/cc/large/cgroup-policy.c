// A policy of cgroups: which packets leave and enter, which sockets are made and bound, where connections go, which options and
// sysctls are set, which devices are opened.
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <sys/socket.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define ALLOW 1
#define DENY 0

struct port_rule {
	__u16 port;
	__u8 protocol;
	__u8 outgoing;
};

struct usage {
	__u64 packets, bytes;
	__u64 refused;
};

struct service {
	__be32 address;
	__be16 port;
	__u16 weight;
};

struct original {
	__be32 address;
	__be16 port;
	__u16 pad;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct port_rule);
	__type(value, __u8);
} refused_ports SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct usage);
} usage SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct original);
	__type(value, struct service);
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, struct original);
} translated SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} sockets_made SEC(".maps");

static __always_inline int decide(struct __sk_buff *skb, int outgoing)
{
	struct port_rule rule = { .outgoing = outgoing };
	__u32 key = skb->protocol, at;
	struct usage *u;
	__u8 version, protocol;
	__be16 ports[2] = {};

	if (bpf_skb_load_bytes(skb, 0, &version, 1))
		return DENY;
	if (version >> 4 == 4) {
		struct iphdr ip;

		if (bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)))
			return DENY;
		at = ip.ihl * 4;
		protocol = ip.protocol;
		if (ip.frag_off & bpf_htons(0x1fff))
			protocol = 0;
	} else if (version >> 4 == 6) {
		struct ipv6hdr ip;

		if (bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)))
			return DENY;
		at = sizeof(ip);
		protocol = ip.nexthdr;
	} else {
		return DENY;
	}
	u = bpf_map_lookup_elem(&usage, &key);
	if (!u) {
		struct usage fresh = {};

		bpf_map_update_elem(&usage, &key, &fresh, BPF_NOEXIST);
		u = bpf_map_lookup_elem(&usage, &key);
		if (!u)
			return DENY;
	}
	u->packets++;
	u->bytes += skb->len;
	if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
		return ALLOW;
	if (bpf_skb_load_bytes(skb, at, ports, sizeof(ports)))
		return ALLOW;
	rule.protocol = protocol;
	rule.port = bpf_ntohs(ports[1]);
	if (bpf_map_lookup_elem(&refused_ports, &rule)) {
		u->refused++;
		return DENY;
	}
	return ALLOW;
}

SEC("cgroup_skb/egress")
int policy_egress(struct __sk_buff *skb)
{
	return decide(skb, 1);
}

SEC("cgroup_skb/ingress")
int policy_ingress(struct __sk_buff *skb)
{
	return decide(skb, 0);
}

SEC("cgroup/sock_create")
int made(struct bpf_sock *sk)
{
	__u32 family = sk->family;
	__u64 *count = bpf_map_lookup_elem(&sockets_made, &family);

	if (count)
		__sync_fetch_and_add(count, 1);
	if (sk->type == SOCK_RAW && (bpf_get_current_uid_gid() & 0xffffffff) != 0)
		return DENY;
	sk->mark = 0x100 | sk->family;
	sk->priority = sk->protocol == IPPROTO_UDP ? 2 : 1;
	return ALLOW;
}

SEC("cgroup/bind4")
int bound(struct bpf_sock_addr *ctx)
{
	__u16 port = bpf_ntohs(ctx->user_port);

	if (ctx->type != SOCK_STREAM && ctx->type != SOCK_DGRAM)
		return ALLOW;
	if (port && port < 1024 && port != 80 && port != 443)
		return DENY;
	if (ctx->user_ip4 == 0)
		ctx->user_ip4 = bpf_htonl(INADDR_LOOPBACK);
	return ALLOW;
}

static __always_inline int redirect(struct bpf_sock_addr *ctx)
{
	struct original key = { .address = ctx->user_ip4, .port = ctx->user_port };
	struct service *s = bpf_map_lookup_elem(&services, &key);
	__u64 cookie;

	if (!s)
		return ALLOW;
	cookie = bpf_get_socket_cookie(ctx);
	bpf_map_update_elem(&translated, &cookie, &key, BPF_ANY);
	ctx->user_ip4 = s->address;
	ctx->user_port = s->port;
	return ALLOW;
}

SEC("cgroup/connect4")
int connected(struct bpf_sock_addr *ctx)
{
	return redirect(ctx);
}

SEC("cgroup/sendmsg4")
int sent(struct bpf_sock_addr *ctx)
{
	return redirect(ctx);
}

static __always_inline int back(struct bpf_sock_addr *ctx)
{
	__u64 cookie = bpf_get_socket_cookie(ctx);
	struct original *o = bpf_map_lookup_elem(&translated, &cookie);

	if (o) {
		ctx->user_ip4 = o->address;
		ctx->user_port = o->port;
	}
	return ALLOW;
}

SEC("cgroup/recvmsg4")
int received(struct bpf_sock_addr *ctx)
{
	return back(ctx);
}

SEC("cgroup/getpeername4")
int peer(struct bpf_sock_addr *ctx)
{
	return back(ctx);
}

SEC("cgroup/connect6")
int connected6(struct bpf_sock_addr *ctx)
{
	/* Addresses of documentation lead nowhere. */
	if (ctx->user_ip6[0] == bpf_htonl(0x20010db8))
		return DENY;
	if (!(ctx->user_ip6[0] | ctx->user_ip6[1]) && ctx->user_ip6[2] == bpf_htonl(0xffff))
		return DENY;
	return ALLOW;
}

SEC("cgroup/setsockopt")
int set_option(struct bpf_sockopt *ctx)
{
	__u8 *value = ctx->optval, *end = ctx->optval_end;

	if (ctx->level != IPPROTO_IP || ctx->optname != 1)
		goto leave;
	if (value + 1 > end)
		return DENY;
	if (value[0] == 0x10)
		return DENY;
	value[0] &= ~0x3;
	ctx->optlen = 1;
	return ALLOW;
leave:
	if (ctx->optlen > 4096)
		ctx->optlen = 0;
	return ALLOW;
}

SEC("cgroup/dev")
int device(struct bpf_cgroup_dev_ctx *ctx)
{
	__u16 type = ctx->access_type & 0xffff, access = ctx->access_type >> 16;

	if (type != BPF_DEVCG_DEV_CHAR)
		return DENY;
	if (ctx->major == 1 && (ctx->minor == 3 || ctx->minor == 5 || ctx->minor == 9))
		return ALLOW;
	return ctx->major == 5 && !(access & BPF_DEVCG_ACC_MKNOD);
}

SEC("cgroup/sysctl")
int sysctl(struct bpf_sysctl *ctx)
{
	static const char allowed[] = "net/ipv4/tcp_mem";
	char name[32] = {}, value[16] = {};
	unsigned long number = 0;
	long length;

	if (ctx->write == 0)
		return ALLOW;
	length = bpf_sysctl_get_name(ctx, name, sizeof(name), 0);
	if (length < 0 || length != sizeof(allowed) - 1)
		return DENY;
	for (int i = 0; i < sizeof(allowed) - 1; i++)
		if (name[i] != allowed[i])
			return DENY;
	length = bpf_sysctl_get_new_value(ctx, value, sizeof(value));
	if (length < 0 || length >= sizeof(value))
		return DENY;
	if (bpf_strtoul(value, sizeof(value), 0, &number) < 0)
		return DENY;
	return number >= 1000;
}

char _license[] SEC("license") = "GPL";
