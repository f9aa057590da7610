// not repeatable
// The hooks of sockets and cgroups, a program for each.
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/stddef.h>
#include <sys/socket.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#define SRC_REWRITE_IP4 0x7f000004U
#define SRC_REWRITE_IP6_3 6
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC | BPF_F_CLONE);
	__type(key, int);
	__type(
	    value, struct {
		    __u32 a;
		    __u64 b;
	    });
} stg SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, __u64);
} cgs SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);
	__type(key, __u64);
	__type(value, __u64);
} pcgs SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, __u32);
} rsa SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, __u64);
} redir SEC(".maps");
const volatile __u16 g_port = 8080;
__u64 hits[8];
SEC("cgroup/connect4") int c4(struct bpf_sock_addr *ctx)
{
	struct bpf_sock_tuple t = {};
	struct bpf_sock *sk;
	struct sockaddr_in sa = {
	    .sin_family = AF_INET, .sin_port = bpf_htons(0), .sin_addr.s_addr = bpf_htonl(SRC_REWRITE_IP4)};
	memset(&t.ipv4.saddr, 0, sizeof(t.ipv4.saddr));
	t.ipv4.daddr = ctx->user_ip4;
	t.ipv4.dport = ctx->user_port;
	if (ctx->type != SOCK_STREAM && ctx->type != SOCK_DGRAM)
		return 0;
	sk = ctx->type == SOCK_STREAM ? bpf_sk_lookup_tcp(ctx, &t, sizeof(t.ipv4), BPF_F_CURRENT_NETNS, 0)
				      : bpf_sk_lookup_udp(ctx, &t, sizeof t.ipv4, BPF_F_CURRENT_NETNS, 0);
	if (!sk)
		return 0;
	if (sk->src_ip4 != t.ipv4.daddr || sk->src_port != bpf_ntohs(g_port)) {
		bpf_sk_release(sk);
		return 0;
	}
	bpf_sk_release(sk);
	ctx->user_ip4 = bpf_htonl(0x7f000001);
	ctx->user_port = bpf_htons(4444);
	if (bpf_bind(ctx, (struct sockaddr *)&sa, sizeof(sa)) != 0)
		return 0;
	return 1;
}
SEC("cgroup/connect6") int c6(struct bpf_sock_addr *ctx)
{
	struct sockaddr_in6 sa = {};
	sa.sin6_family = AF_INET6;
	sa.sin6_addr.s6_addr32[3] = bpf_htonl(SRC_REWRITE_IP6_3);
	__u32 a[4];
	a[0] = ctx->user_ip6[0];
	a[1] = ctx->user_ip6[1];
	a[2] = ctx->user_ip6[2];
	a[3] = ctx->user_ip6[3];
	if (a[0] | a[1])
		ctx->user_ip6[3] = bpf_htonl(1);
	*(__u64 *)&ctx->user_ip6[0] = 0;
	return !bpf_bind(ctx, (struct sockaddr *)&sa, sizeof sa);
}
SEC("cgroup/sendmsg4") int sm4(struct bpf_sock_addr *ctx)
{
	if (ctx->msg_src_ip4 == bpf_htonl(0x0a000001))
		ctx->msg_src_ip4 = 0;
	return 1;
}
SEC("cgroup/recvmsg6") int rm6(struct bpf_sock_addr *ctx)
{
	return 1;
}
SEC("cgroup/getpeername4") int gp(struct bpf_sock_addr *c)
{
	c->user_port = bpf_htons(g_port);
	return 1;
}
SEC("cgroup/bind4") int b4(struct bpf_sock_addr *ctx)
{
	__u8 *p = (__u8 *)&ctx->user_ip4;
	return p[0] == 127 ? 1 : 3;
}
SEC("cgroup/bind6") int b6(struct bpf_sock_addr *ctx)
{
	bpf_set_retval(-EACCES);
	return 0;
}
SEC("cgroup/connect_unix") int cu(struct bpf_sock_addr *c)
{
	return 1;
}
SEC("cgroup/getsockopt") int gso(struct bpf_sockopt *ctx)
{
	__u8 *optval = ctx->optval, *end = ctx->optval_end;
	struct {
		__u32 a;
		__u64 b;
	} *s;
	if (ctx->level != SOL_SOCKET || ctx->optname != SO_SNDBUF)
		goto out;
	if (optval + 1 > end)
		return 0;
	s = bpf_sk_storage_get(&stg, ctx->sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!s)
		return 0;
	optval[0] = s->a;
	ctx->optlen = 1;
	return 1;
out:
	if (ctx->optlen > 4096)
		ctx->optlen = 0;
	return 1;
}
SEC("cgroup/setsockopt") int sso(struct bpf_sockopt *ctx)
{
	char *v = ctx->optval;
	if ((void *)(v + 6) > ctx->optval_end) {
		ctx->optlen = -1;
		return 1;
	}
	if (ctx->level == 6 && ctx->optname == 13 && !memcmp(v, "cubic", 5)) {
		memcpy(v, "reno", 5);
		ctx->optlen = 5;
	}
	return 1;
}
SEC("cgroup/sysctl") int sys(struct bpf_sysctl *ctx)
{
	char name[64], value[16];
	unsigned long tcp_mem[3] = {};
	int ret, i, off = 0;
	static const char want[] = "net/ipv4/tcp_mem";
	if (ctx->write)
		return 0;
	ret = bpf_sysctl_get_name(ctx, name, sizeof name, 0);
	if (ret != sizeof(want) - 1)
		return 0;
	for (i = 0; i < sizeof want - 1; i++)
		if (name[i] != want[i])
			return 0;
	ret = bpf_sysctl_get_current_value(ctx, value, sizeof value & 0x1f);
	if (ret < 0 || ret >= 15)
		return 0;
	for (i = 0; i < 3; ++i) {
		ret = bpf_strtoul(value + off, 16 - off, 0, tcp_mem + i);
		if (ret <= 0 || ret > 15)
			return 0;
		off += ret & 15;
		if (off > 14)
			return 0;
	}
	return tcp_mem[0] < tcp_mem[1] && tcp_mem[1] < tcp_mem[2];
}
SEC("cgroup/dev") int dev(struct bpf_cgroup_dev_ctx *ctx)
{
	short type = ctx->access_type & 0xFFFF;
	short access = ctx->access_type >> 16;
	if (ctx->major != 1 || type != BPF_DEVCG_DEV_CHAR)
		return 0;
	switch (ctx->minor) {
	case 5:
	case 9:
		return !(access & BPF_DEVCG_ACC_MKNOD);
	}
	return 0;
}
SEC("cgroup_skb/egress") int eg(struct __sk_buff *skb)
{
	__u64 *c = bpf_get_local_storage(&cgs, 0), *p = bpf_get_local_storage(&pcgs, 0);
	__sync_fetch_and_add(c, 1);
	*p += skb->len;
	struct bpf_sock *sk = skb->sk;
	if (sk) {
		sk = bpf_sk_fullsock(sk);
		if (sk) {
			struct bpf_tcp_sock *tp = bpf_tcp_sock(sk);
			if (tp)
				hits[0] += tp->snd_cwnd;
			hits[1] = sk->state;
			bpf_skb_ecn_set_ce(skb);
		}
	}
	hits[2] = bpf_skb_cgroup_id(skb) + bpf_get_socket_cookie(skb);
	return 1;
}
SEC("cgroup_skb/ingress") int in(struct __sk_buff *skb)
{
	void *d = (void *)(long)skb->data, *e = (void *)(long)skb->data_end;
	struct ipv6hdr *ip = d;
	if (d + sizeof *ip > e || ip->version != 6)
		return 1;
	return ip->nexthdr != IPPROTO_ICMPV6;
}
SEC("cgroup/sock_create") int sc(struct bpf_sock *sk)
{
	sk->mark = 5;
	sk->priority = 3;
	sk->bound_dev_if = 0;
	return sk->family != AF_INET6 || sk->type != SOCK_RAW;
}
SEC("cgroup/post_bind4") int pb(struct bpf_sock *sk)
{
	return sk->src_port != 22;
}
SEC("cgroup/sock_release") int sr(struct bpf_sock *sk)
{
	hits[5] += sk->family;
	return 1;
}
SEC("sk_lookup/redir") int skl(struct bpf_sk_lookup *ctx)
{
	struct bpf_sock *sk;
	__u32 k = 0;
	int err;
	if (ctx->local_port != g_port || ctx->protocol != IPPROTO_TCP)
		return SK_PASS;
	if (ctx->family == AF_INET && ctx->local_ip4 != bpf_htonl(0x7f000001))
		return SK_PASS;
	if (ctx->family == AF_INET6 && *(__u64 *)&ctx->local_ip6[0])
		return SK_DROP;
	sk = bpf_map_lookup_elem(&redir, &k);
	if (!sk)
		return SK_PASS;
	err = bpf_sk_assign(ctx, sk, BPF_SK_LOOKUP_F_REPLACE);
	bpf_sk_release(sk);
	return err ? SK_DROP : SK_PASS;
}
SEC("sk_reuseport") int rp(struct sk_reuseport_md *r)
{
	__u32 idx = r->hash % 4;
	void *d = r->data;
	if (d + 8 > r->data_end)
		return SK_DROP;
	if (r->ip_protocol == IPPROTO_UDP)
		idx = ((struct udphdr *)d)->dest & 3;
	return bpf_sk_select_reuseport(r, &rsa, &idx, 0) ? SK_DROP : SK_PASS;
}
SEC("sk_reuseport/migrate") int rpm(struct sk_reuseport_md *r)
{
	return r->migrating_sk ? SK_PASS : SK_DROP;
}
SEC("flow_dissector") int fd(struct __sk_buff *skb)
{
	struct bpf_flow_keys *k = skb->flow_keys;
	void *d = (void *)(long)skb->data, *e = (void *)(long)skb->data_end;
	struct iphdr *ip = d, buf;
	if (k->thoff || (void *)(ip + 1) > e) {
		if (bpf_skb_load_bytes(skb, k->thoff, &buf, sizeof buf))
			return BPF_DROP;
		ip = &buf;
	}
	if (k->n_proto != bpf_htons(ETH_P_IP))
		return BPF_FLOW_DISSECTOR_CONTINUE;
	k->addr_proto = ETH_P_IP;
	k->ipv4_src = ip->saddr;
	k->ipv4_dst = ip->daddr;
	k->ip_proto = ip->protocol;
	k->thoff += ip->ihl << 2;
	k->is_frag = !!(ip->frag_off & bpf_htons(0x3fff));
	k->flow_label = 0;
	return BPF_OK;
}
SEC("lwt_xmit") int lx(struct __sk_buff *skb)
{
	struct ethhdr eth = {.h_proto = bpf_htons(ETH_P_IP)};
	if (bpf_skb_change_head(skb, 14, 0))
		return BPF_DROP;
	bpf_skb_store_bytes(skb, 0, &eth, sizeof eth, 0);
	return bpf_redirect(3, 0);
}
SEC("lwt_in") int li(struct __sk_buff *skb)
{
	return bpf_get_route_realm(skb) & 1 ? BPF_DROP : BPF_OK;
}
SEC("lwt_seg6local") int ls(struct __sk_buff *skb)
{
	char b[8] = {};
	return bpf_lwt_seg6_adjust_srh(skb, 48, 8) || bpf_lwt_seg6_store_bytes(skb, 48, b, 8) ? BPF_DROP
											      : BPF_OK;
}
SEC("lwt_out") int lo(struct __sk_buff *skb)
{
	skb->cb[0] = 7;
	skb->mark = skb->hash;
	return 0;
}
SEC("sockops") int so(struct bpf_sock_ops *o)
{
	int v = 1, rv = -1;
	char cc[] = "dctcp";
	switch ((int)o->op) {
	case BPF_SOCK_OPS_TIMEOUT_INIT:
		rv = 10;
		break;
	case BPF_SOCK_OPS_RWND_INIT:
		rv = 40;
		break;
	case BPF_SOCK_OPS_NEEDS_ECN:
		rv = o->local_ip6[0] != o->remote_ip6[0];
		break;
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
		bpf_setsockopt(o, SOL_SOCKET, SO_SNDBUF, &v, sizeof v);
		bpf_setsockopt(o, 6, 13, cc, sizeof cc);
		break;
	case BPF_SOCK_OPS_HDR_OPT_LEN_CB:
		bpf_reserve_hdr_opt(o, 4, 0);
		break;
	case BPF_SOCK_OPS_WRITE_HDR_OPT_CB: {
		__u8 opt[4] = {253, 4, 0xeb, 0x9f};
		bpf_store_hdr_opt(o, opt, sizeof opt, 0);
		break;
	}
	case BPF_SOCK_OPS_PARSE_HDR_OPT_CB: {
		struct {
			__u8 kind, len;
			__u16 m;
		} l = {253, 4, bpf_htons(0xeb9f)};
		rv = bpf_load_hdr_opt(o, &l, sizeof l, 0);
		void *d = o->skb_data;
		if (d + sizeof(struct tcphdr) <= o->skb_data_end)
			hits[3] += ((struct tcphdr *)d)->doff;
		break;
	}
	case BPF_SOCK_OPS_RTT_CB:
		if (o->is_fullsock && o->sk) {
			struct bpf_tcp_sock *t = bpf_tcp_sock(o->sk);
			if (t)
				hits[4] = t->srtt_us + t->delivered_ce;
		}
		break;
	}
	o->reply = rv;
	o->sk_txhash = 3;
	return 1;
}
SEC("socket") int sf(struct __sk_buff *skb)
{
	__u8 p;
	__u16 port;
	if (bpf_skb_load_bytes_relative(skb, 9, &p, 1, BPF_HDR_START_NET))
		return 0;
	if (p != IPPROTO_UDP)
		return 0;
	bpf_skb_load_bytes(skb, 2, &port, 2);
	return port == bpf_htons(53) ? skb->len : 0;
}
SEC("action") int ac(struct __sk_buff *skb)
{
	return TC_ACT_PIPE;
}
SEC("classifier") int cl(struct __sk_buff *skb)
{
	skb->tc_classid = 5;
	skb->tc_index = 1;
	skb->queue_mapping = 3;
	skb->priority = 9;
	skb->tstamp = bpf_ktime_get_ns() + 5;
	return skb->vlan_present ? skb->vlan_tci & 0xfff : TC_ACT_UNSPEC;
}
SEC("netkit/primary") int nk(struct __sk_buff *skb)
{
	return TCX_PASS;
}
SEC("tcx/egress") int te(struct __sk_buff *skb)
{
	return TCX_NEXT;
}
char _license[] SEC("license") = "GPL";
