// SPDX-License-Identifier: MIT
// Probes for the differential test: compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h and the kernel's bpf_experimental.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>
#include "bpf_experimental.h"
char _license[] SEC("license") = "GPL";
struct bpf_ct_opts___l { s32 netns_id; s32 error; u8 l4proto; u8 dir; u8 reserved[2]; } __attribute__((preserve_access_index));
extern struct nf_conn *bpf_xdp_ct_lookup(struct xdp_md *, struct bpf_sock_tuple *, u32, struct bpf_ct_opts *, u32) __ksym __weak;
extern struct nf_conn___init *bpf_xdp_ct_alloc(struct xdp_md *, struct bpf_sock_tuple *, u32, struct bpf_ct_opts *, u32) __ksym __weak;
extern struct nf_conn *bpf_ct_insert_entry(struct nf_conn___init *) __ksym __weak;
extern void bpf_ct_release(struct nf_conn *) __ksym __weak;
extern void bpf_ct_set_timeout(struct nf_conn___init *, u32) __ksym __weak;
extern int bpf_ct_change_timeout(struct nf_conn *, u32) __ksym __weak;
extern int bpf_dynptr_from_xdp(struct xdp_md *x, u64 flags, struct bpf_dynptr *p) __ksym;
extern int bpf_dynptr_from_skb(struct __sk_buff *x, u64 flags, struct bpf_dynptr *p) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 off, void *b, u32 sz) __ksym;
extern void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, u32 off, void *b, u32 sz) __ksym;
extern int bpf_dynptr_clone(const struct bpf_dynptr *p, struct bpf_dynptr *c) __ksym;
struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __uint(max_entries, 4); __type(key, int); __type(value, int); } sm SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_SOCKHASH); __uint(max_entries, 4); __type(key, int); __type(value, int); } sh SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __uint(max_entries, 4); __type(key, int); __type(value, int); } dm SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_CPUMAP); __uint(max_entries, 4); __type(key, int); __type(value, int); } cm SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_XSKMAP); __uint(max_entries, 4); __type(key, int); __type(value, int); } xm SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY); __uint(max_entries, 4); __type(key, int); __type(value, long); } ra SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 4); __type(value, long); } qu SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(max_entries, 4); __type(value, int); } bl SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(map_flags, 1); __uint(max_entries, 4); __type(key, long); __type(value, int); } lp SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_SK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, long); } ss SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(max_entries, 2); __uint(key_size, 4); __uint(value_size, 4); } pe SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 80); } st SEC(".maps");
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, int); __type(value, long); } inner1 SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 2); __type(key, int); __array(values, struct inner); } hom SEC(".maps") = { .values = { [0] = &inner1 } };
long g;
#define X(n) SEC("xdp") int n(struct xdp_md *ctx)
#define C(n) SEC("tc") int n(struct __sk_buff *ctx)
X(ct_ok) { struct bpf_sock_tuple t = {}; struct bpf_ct_opts o = {.netns_id=-1}; struct nf_conn *c = bpf_xdp_ct_lookup(ctx,&t,sizeof t.ipv4,&o,sizeof o); if (c) { g = c->mark; bpf_ct_change_timeout(c, 5); bpf_ct_release(c);} return 2; }
X(ct_leak) { struct bpf_sock_tuple t = {}; struct bpf_ct_opts o = {.netns_id=-1}; struct nf_conn *c = bpf_xdp_ct_lookup(ctx,&t,sizeof t.ipv4,&o,sizeof o); if (c) g = c->mark; return 2; }
X(ct_alloc) { struct bpf_sock_tuple t = {}; struct bpf_ct_opts o = {.netns_id=-1}; struct nf_conn___init *i = bpf_xdp_ct_alloc(ctx,&t,sizeof t.ipv4,&o,sizeof o); struct nf_conn *c; if (!i) return 2; bpf_ct_set_timeout(i, 10); c = bpf_ct_insert_entry(i); if (c) bpf_ct_release(c); return 2; }
X(ct_wrong) { struct bpf_sock_tuple t = {}; struct bpf_ct_opts o = {.netns_id=-1}; struct nf_conn *c = bpf_xdp_ct_lookup(ctx,&t,sizeof t.ipv4,&o,sizeof o); if (c) { bpf_ct_set_timeout((void *)c, 5); bpf_ct_release(c);} return 2; }
X(ct_mark) { struct bpf_sock_tuple t = {}; struct bpf_ct_opts o = {.netns_id=-1}; struct nf_conn *c = bpf_xdp_ct_lookup(ctx,&t,sizeof t.ipv4,&o,sizeof o); if (c) { c->mark = 3; bpf_ct_release(c);} return 2; }
X(ct_status) { struct bpf_sock_tuple t = {}; struct bpf_ct_opts o = {.netns_id=-1}; struct nf_conn *c = bpf_xdp_ct_lookup(ctx,&t,sizeof t.ipv4,&o,sizeof o); if (c) { *(volatile long *)&c->status = 3; bpf_ct_release(c);} return 2; }
X(dyn) { struct bpf_dynptr p; char b[14]; struct ethhdr *e; bpf_dynptr_from_xdp(ctx,0,&p); e = bpf_dynptr_slice(&p,0,b,14); if (!e) return 1; return e->h_proto == 8 ? 2 : 1; }
X(dynw) { struct bpf_dynptr p; char b[14]; struct ethhdr *e; bpf_dynptr_from_xdp(ctx,0,&p); e = bpf_dynptr_slice_rdwr(&p,0,b,14); if (!e) return 1; e->h_proto = 1; return 2; }
X(dynw2) { struct bpf_dynptr p; char b[14]; struct ethhdr *e; bpf_dynptr_from_xdp(ctx,0,&p); e = bpf_dynptr_slice(&p,0,b,14); if (!e) return 1; e->h_proto = 1; return 2; }
X(dyninv) { struct bpf_dynptr p; char b[14]; struct ethhdr *e; bpf_dynptr_from_xdp(ctx,0,&p); e = bpf_dynptr_slice_rdwr(&p,0,b,14); if (!e) return 1; bpf_xdp_adjust_head(ctx, 4); e->h_proto = 1; return 2; }
X(dynclone) { struct bpf_dynptr p, q; char b[14]; struct ethhdr *e; bpf_dynptr_from_xdp(ctx,0,&p); bpf_dynptr_clone(&p,&q); e = bpf_dynptr_slice(&q,0,b,14); if (!e) return 1; return e->h_proto; }
C(skbdyn) { struct bpf_dynptr p; char b[14]; struct ethhdr *e; bpf_dynptr_from_skb(ctx,0,&p); e = bpf_dynptr_slice_rdwr(&p,0,b,14); if (!e) return 1; e->h_proto = 1; bpf_dynptr_write(&p,0,b,14,0); return e->h_proto; }
C(redir) { return bpf_redirect(1,0); }
X(redirm) { return bpf_redirect_map(&dm, 1, 0); }
X(redirc) { return bpf_redirect_map(&cm, 1, 0); }
X(redirx) { return bpf_redirect_map(&xm, ctx->rx_queue_index, 2); }
X(redirbad) { return bpf_redirect_map(&sm, 1, 0); }
X(xsklookup) { int k = 0; struct bpf_xdp_sock *x = bpf_map_lookup_elem(&xm, &k); if (x) g = x->queue_id; return 2; }
C(smlookup) { int k = 0; struct bpf_sock *s = bpf_map_lookup_elem(&sm, &k); if (s) { g = s->family; bpf_sk_release(s);} return 0; }
C(smleak) { int k = 0; struct bpf_sock *s = bpf_map_lookup_elem(&sm, &k); if (s) g = s->family; return 0; }
C(smupd) { int k = 0; struct bpf_sock *s = bpf_map_lookup_elem(&sm, &k); if (s) { bpf_map_update_elem(&sh, &k, s, 0); bpf_sk_release(s);} return 0; }
C(sklook) { struct bpf_sock_tuple t = {}; struct bpf_sock *s = bpf_sk_lookup_tcp(ctx,&t,sizeof t.ipv4,-1,0), *f; if (!s) return 0; f = bpf_sk_fullsock(s); if (f) g = f->priority; bpf_sk_release(s); return 0; }
C(sklook2) { struct bpf_sock_tuple t = {}; struct bpf_sock *s = bpf_sk_lookup_tcp(ctx,&t,sizeof t.ipv4,-1,0), *f; if (!s) return 0; f = bpf_sk_fullsock(s); bpf_sk_release(s); if (f) g = f->priority; return 0; }
C(skassign) { struct bpf_sock_tuple t = {}; struct bpf_sock *s = bpf_skc_lookup_tcp(ctx,&t,sizeof t.ipv4,-1,0); int r; if (!s) return 0; r = bpf_sk_assign(ctx, s, 0); bpf_sk_release(s); return r; }
C(tcpsock) { struct bpf_sock *s = ctx->sk; struct bpf_tcp_sock *t; if (!s) return 0; t = bpf_tcp_sock(s); if (t) g = t->snd_cwnd; return 0; }
C(skfull) { struct bpf_sock *s = ctx->sk; if (!s) return 0; s = bpf_sk_fullsock(s); if (!s) return 0; long *p = bpf_sk_storage_get(&ss, s, 0, 1); if (p) *p = 1; return 0; }
C(skcommon) { struct bpf_sock *s = ctx->sk; if (!s) return 0; return s->priority; }
C(queue) { long v; if (bpf_map_pop_elem(&qu, &v)) return 0; return v; }
C(queue2) { long v = 1; bpf_map_push_elem(&qu, &v, 0); bpf_map_peek_elem(&qu, &v); return v; }
C(queue3) { int k = 0; return bpf_map_lookup_elem(&qu, &k) != 0; }
C(bloom) { int v = 1; return bpf_map_peek_elem(&bl, &v); }
C(bloompop) { int v = 1; return bpf_map_pop_elem(&bl, &v); }
C(lpm) { long k = 32; int *p = bpf_map_lookup_elem(&lp, &k); return p ? *p : 0; }
C(perf) { long v = 1; bpf_perf_event_output(ctx, &pe, BPF_F_CURRENT_CPU, &v, 8); return 0; }
C(perflook) { int k = 0; return bpf_map_lookup_elem(&pe, &k) != 0; }
C(homl) { int k = 0; void *i = bpf_map_lookup_elem(&hom, &k); long *v; if (!i) return 0; v = bpf_map_lookup_elem(i, &k); return v ? *v : 0; }
C(homn) { int k = 0; void *i = bpf_map_lookup_elem(&hom, &k); long *v; v = bpf_map_lookup_elem(i, &k); return v ? *v : 0; }
SEC("sk_reuseport") int reus(struct sk_reuseport_md *ctx) { int k = 0; return bpf_sk_select_reuseport(ctx, &ra, &k, 0) ? 0 : 1; }
SEC("sk_msg") int msg1(struct sk_msg_md *m) { if (bpf_msg_pull_data(m,0,8,0)) return 1; if (m->data + 8 > m->data_end) return 1; *(char *)m->data = 1; return 1; }
SEC("sk_msg") int msg2(struct sk_msg_md *m) { return bpf_msg_redirect_map(m, &sm, 0, 0); }
SEC("sk_skb/stream_verdict") int ssv(struct __sk_buff *s) { return bpf_sk_redirect_map(s, &sm, 0, 0); }
SEC("sockops") int so(struct bpf_sock_ops *o) { int k = 0; if (o->op == 4) bpf_sock_map_update(o, &sm, &k, 0); o->reply = 1; return 1; }
SEC("sockops") int so2(struct bpf_sock_ops *o) { char b[16]; return bpf_load_hdr_opt(o, b, 16, 0) > 0; }
SEC("cgroup/connect4") int con(struct bpf_sock_addr *c) { c->user_ip4 = 1; c->user_port = 2; return 1; }
SEC("cgroup/connect4") int con2(struct bpf_sock_addr *c) { return 2; }
SEC("cgroup/bind6") int bi(struct bpf_sock_addr *c) { c->user_ip6[3] = 1; return 3; }
SEC("cgroup/sendmsg4") int sme(struct bpf_sock_addr *c) { c->msg_src_ip4 = 3; return 1; }
SEC("cgroup/getsockopt") int gso(struct bpf_sockopt *c) { char *p = c->optval; if (p + 1 > (char *)c->optval_end) return 1; *p = 1; c->retval = 0; return 1; }
SEC("cgroup/sysctl") int sys(struct bpf_sysctl *c) { char b[8]; bpf_sysctl_get_name(c, b, 8, 0); return 1; }
SEC("cgroup/dev") int dev(struct bpf_cgroup_dev_ctx *c) { return c->major == 1; }
SEC("cgroup/post_bind4") int pb(struct bpf_sock *s) { return s->src_port > 0; }
SEC("cgroup/sock_create") int sc(struct bpf_sock *s) { s->mark = 3; return 1; }
SEC("sk_lookup") int sl(struct bpf_sk_lookup *c) { int k = 0; struct bpf_sock *s = bpf_map_lookup_elem(&sm, &k); long r; if (!s) return 1; r = bpf_sk_assign(c, s, 0); bpf_sk_release(s); return r ? 0 : 1; }
SEC("flow_dissector") int fd(struct __sk_buff *s) { s->flow_keys->nhoff = 1; return s->flow_keys->thoff; }
SEC("lwt_xmit") int lx(struct __sk_buff *s) { bpf_lwt_push_encap(s, 2, &g, 8); return 0; }
SEC("netfilter") int nf(struct bpf_nf_ctx *c) { struct sk_buff *s = c->skb; g = s->len; return 1; }
SEC("netfilter") int nf2(struct bpf_nf_ctx *c) { return 2; }
SEC("perf_event") int pev(struct bpf_perf_event_data *c) { g = c->addr + c->sample_period + c->regs.ip; return bpf_get_stackid(c, &st, 0); }
SEC("raw_tp/sys_enter") int rt(struct bpf_raw_tracepoint_args *c) { g = c->args[1]; return 0; }
SEC("raw_tracepoint.w/sys_enter") int rtw(struct bpf_raw_tracepoint_args *c) { char *p = (char *)c->args[0]; p[0] = 1; return 0; }
SEC("syscall") int sysc(void *c) { char b[8] = {}; return bpf_sys_bpf(0, b, 8); }
