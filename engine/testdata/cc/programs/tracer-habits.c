// not repeatable
// Storage of tasks, inodes and cgroups, iterators, netfilter, connection tracking, paths and arguments: the habits of tracers.
#include "vmlinux.h"
#include <errno.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
char LICENSE[] SEC("license") = "GPL";
#define NF_DROP 0
#define NF_ACCEPT 1
#define READ_ONCE(x) (*(volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v) ((*(volatile typeof(x) *)&(x)) = (v))
#define __percpu
extern int bpf_dynptr_from_skb(struct __sk_buff *skb, __u64 flags,
			       struct bpf_dynptr *ptr__uninit) __ksym __weak;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *ptr, __u32 offset, void *buffer,
			      __u32 buffer__szk) __ksym __weak;
extern int bpf_xdp_metadata_rx_timestamp(const struct xdp_md *ctx, __u64 *timestamp) __ksym;
extern int bpf_xdp_metadata_rx_hash(const struct xdp_md *ctx, __u32 *hash,
				    enum xdp_rss_hash_type *rss_type) __ksym;
extern void cgroup_rstat_updated(struct cgroup *cgrp, int cpu) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct cgroup *bpf_cgroup_from_id(u64) __ksym;
extern void bpf_cgroup_release(struct cgroup *) __ksym;
extern struct nf_conn *bpf_skb_ct_lookup(struct __sk_buff *, struct bpf_sock_tuple *, u32,
					 struct bpf_ct_opts *, u32)
__ksym __weak;
extern void bpf_ct_release(struct nf_conn *) __ksym __weak;
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(
	    value, struct {
		    u64 start;
		    u32 n;
		    struct task_struct __kptr *p;
	    });
} ts SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u64);
} is SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u64);
} cs SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 128);
	__uint(key_size, 4);
	__uint(value_size, 127 * sizeof(u64));
} st SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} rb SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, char[8192]);
} heap SEC(".maps");
struct ev {
	u64 ts;
	u32 pid, ppid;
	int k, u;
	char comm[16];
	char path[256];
	u64 stack[16];
	unsigned args_n;
	char args[];
};
u64 o[32];
u32 key0 = 0;
const volatile u64 min_ns = 1000;
const volatile char prefix[16] = "/etc";
SEC("netfilter") int nf(struct bpf_nf_ctx *ctx)
{
	struct __sk_buff *skb = (struct __sk_buff *)ctx->skb;
	const struct nf_hook_state *s = ctx->state;
	struct bpf_dynptr d;
	const struct iphdr *ip;
	u8 b[20] = {};
	if (s->pf != 2 || bpf_dynptr_from_skb(skb, 0, &d))
		return NF_DROP;
	ip = bpf_dynptr_slice(&d, 0, b, sizeof b);
	if (!ip)
		return NF_ACCEPT;
	return ip->ttl > 1 && s->in && s->in->ifindex != 5 ? NF_ACCEPT : NF_DROP;
}
SEC("tp_btf/sched_wakeup") int BPF_PROG(wk, struct task_struct *p)
{
	typeof(({
		struct {
			u64 start;
			u32 n;
			struct task_struct *p;
		} v;
		v;
	})) *s;
	u64 *c;
	s = bpf_task_storage_get(&ts, p, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (s) {
		WRITE_ONCE(s->start, bpf_ktime_get_ns());
		s->n++;
	}
	c = bpf_cgrp_storage_get(&cs, p->cgroups->dfl_cgrp, 0, 1);
	if (c)
		__sync_fetch_and_add(c, 1);
	return 0;
}
SEC("tp_btf/sched_switch") int BPF_PROG(sw, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	struct ev *e;
	u64 d;
	typeof(({
		struct {
			u64 start;
			u32 n;
			struct task_struct *p;
		} v;
		v;
	})) *s;
	if (prev->__state == 0 || next->flags & 0x00200000)
		return 0;
	s = bpf_task_storage_get(&ts, next, 0, 0);
	if (!s)
		return 0;
	d = bpf_ktime_get_ns() - READ_ONCE(s->start);
	if (d < min_ns)
		return 0;
	e = bpf_ringbuf_reserve(&rb, sizeof *e + 64, 0);
	if (!e)
		return 0;
	e->ts = d;
	e->pid = next->pid;
	e->ppid = next->real_parent->tgid;
	e->k = bpf_get_stackid(ctx, &st, 0);
	e->u = bpf_get_stackid(ctx, &st, BPF_F_USER_STACK | BPF_F_REUSE_STACKID);
	bpf_get_current_comm(e->comm, sizeof e->comm);
	__builtin_memcpy(e->comm, next->comm, 16);
	e->args_n = bpf_get_stack(ctx, e->stack, sizeof e->stack, 0);
	e->args[3] = 1;
	bpf_ringbuf_submit(e, 0);
	return 0;
}
SEC("raw_tp/sys_enter") int paths(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct dentry *d = BPF_CORE_READ(t, fs, pwd.dentry), *p;
	struct vfsmount *m = BPF_CORE_READ(t, fs, pwd.mnt);
	char *buf = bpf_map_lookup_elem(&heap, &key0);
	unsigned off = 0;
	int i;
	if (!buf)
		return 0;
	for (i = 0; i < 20; i++) {
		struct qstr q = BPF_CORE_READ(d, d_name);
		int n;
		if (off > 4096)
			break;
		n = bpf_probe_read_kernel_str(buf + (off & 4095), 255, q.name);
		if (n <= 0)
			break;
		off += n;
		p = BPF_CORE_READ(d, d_parent);
		if (p == d) {
			struct mount *mnt = container_of(m, struct mount, mnt);
			struct mount *up = BPF_CORE_READ(mnt, mnt_parent);
			if (up == mnt)
				break;
			d = BPF_CORE_READ(mnt, mnt_mountpoint);
			m = &up->mnt;
			continue;
		}
		d = p;
	}
	o[0] = off;
	bpf_ringbuf_output(&rb, buf, off & 4095, 0);
	return 0;
}
SEC("tp/syscalls/sys_enter_execve") int ex(struct trace_event_raw_sys_enter *ctx)
{
	const char **argv = (const char **)ctx->args[1];
	const char *a;
	char *b = bpf_map_lookup_elem(&heap, &key0);
	u32 n = 0;
	int i, r;
	if (!b)
		return 0;
#pragma unroll
	for (i = 1; i < 20; i++) {
		if (bpf_probe_read_user(&a, sizeof a, &argv[i]) || !a)
			break;
		if (n > 8192 - 256)
			break;
		r = bpf_probe_read_user_str(&b[n], 256, a);
		if (r > 256 || r < 0)
			break;
		n += r;
	}
	o[1] = n;
	bpf_ringbuf_output(&rb, b, n & 8191, 0);
	return 0;
}
SEC("raw_tp/sched_process_exit") int cmp(void *ctx)
{
	char c[16];
	bool same = true;
	int i;
	bpf_get_current_comm(&c, sizeof c);
	for (i = 0; i < 16; i++) {
		if (c[i] != prefix[i]) {
			same = false;
			break;
		}
		if (!c[i])
			break;
	}
	o[2] = same + (bpf_strncmp(c, sizeof c, "bash") == 0);
	return 0;
}
SEC("xdp") int meta(struct xdp_md *ctx)
{
	struct {
		u64 ts;
		u32 h;
		u32 t;
	} *m;
	void *d;
	enum xdp_rss_hash_type ty;
	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(*m)))
		return XDP_PASS;
	d = (void *)(long)ctx->data;
	m = (void *)(long)ctx->data_meta;
	if ((void *)(m + 1) > d)
		return XDP_ABORTED;
	m->ts = 5;
	m->h = 7;
	m->t = ctx->rx_queue_index;
	o[3] = m->h;
	return XDP_PASS;
}
SEC("iter/task_file") int itf(struct bpf_iter__task_file *ctx)
{
	struct seq_file *q = ctx->meta->seq;
	struct task_struct *t = ctx->task;
	struct file *f = ctx->file;
	if (!t || !f)
		return 0;
	if (ctx->meta->seq_num == 0)
		BPF_SEQ_PRINTF(q, "%8s %8s %8s %s\n", "tgid", "gid", "fd", "file");
	BPF_SEQ_PRINTF(q, "%8d %8d %8d %lx\n", t->tgid, t->pid, ctx->fd, (long)f->f_op);
	return 0;
}
SEC("iter/tcp") int itt(struct bpf_iter__tcp *ctx)
{
	struct sock_common *s = ctx->sk_common;
	struct tcp_sock *tp;
	if (!s)
		return 0;
	tp = bpf_skc_to_tcp_sock(s);
	if (tp) {
		const struct inet_sock *i = &tp->inet_conn.icsk_inet;
		BPF_SEQ_PRINTF(ctx->meta->seq, "%pI4:%d -> %pI4 %u %u\n", &i->inet_saddr,
			       bpf_ntohs(i->inet_sport), &tp->inet_conn.icsk_inet.sk.__sk_common.skc_daddr,
			       tp->snd_cwnd, tp->write_seq - tp->snd_una);
	}
	return 0;
}
SEC("iter/cgroup") int itc(struct bpf_iter__cgroup *ctx)
{
	struct cgroup *g = ctx->cgroup;
	if (!g)
		return 1;
	BPF_SEQ_PRINTF(ctx->meta->seq, "%llu %d\n", g->kn->id, g->level);
	return 0;
}
SEC("iter/bpf_sk_storage_map") int its(struct bpf_iter__bpf_sk_storage_map *c)
{
	struct sock *sk = c->sk;
	u32 *v = c->value;
	if (sk && v)
		o[6] += *v + sk->__sk_common.skc_family;
	return 0;
}
SEC("iter/ksym") int itk(struct bpf_iter__ksym *c)
{
	struct kallsym_iter *k = c->ksym;
	if (!k)
		return 0;
	o[7] += k->value;
	return 0;
}
SEC("tp_btf/cgroup_attach_task")
int BPF_PROG(cga, struct cgroup *dst, const char *path, struct task_struct *t, bool tg)
{
	struct cgroup *c = bpf_cgroup_from_id(dst->kn->id);
	if (c) {
		o[8] = c->level;
		bpf_cgroup_release(c);
	}
	bpf_rcu_read_lock();
	o[9] = t->cgroups->dfl_cgrp->kn->id;
	bpf_rcu_read_unlock();
	return 0;
}
SEC("syscall") int sysprog(void *ctx)
{
	struct args {
		u64 a;
		int fd;
	} *a = ctx;
	union bpf_attr attr = {
	    .map_type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 8, .max_entries = 5};
	struct task_struct *t = bpf_task_from_pid(1);
	if (t) {
		o[10] = t->pid;
		bpf_task_release(t);
	}
	a->fd = bpf_sys_bpf(BPF_MAP_CREATE, &attr, sizeof attr);
	if (a->fd > 0)
		bpf_sys_close(a->fd);
	o[11] = a->a;
	return a->fd > 0;
}
SEC("kprobe/tcp_v4_connect") int BPF_KPROBE(kp, struct sock *sk, struct sockaddr *ua)
{
	struct sockaddr_in *in = (void *)ua;
	u16 port = BPF_PROBE_READ_USER(in, sin_port);
	struct inet_sock *inet = (struct inet_sock *)sk;
	u8 st = BPF_CORE_READ(sk, __sk_common.skc_state);
	o[12] =
	    port + st + BPF_CORE_READ(inet, inet_sport) + BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
	return 0;
}
SEC("tc") int ct(struct __sk_buff *skb)
{
	struct bpf_ct_opts op = {.netns_id = -1, .l4proto = 6};
	struct bpf_sock_tuple t = {.ipv4 = {.saddr = 1, .daddr = 2, .sport = 3, .dport = 4}};
	struct nf_conn *c;
	if (!bpf_ksym_exists(bpf_skb_ct_lookup))
		return 7;
	c = bpf_skb_ct_lookup(skb, &t, sizeof t.ipv4, &op, sizeof op);
	if (c) {
		o[13] = c->status;
		bpf_ct_release(c);
	}
	return op.error;
}
SEC("lsm/task_fix_setuid") int BPF_PROG(lsm1, struct cred *new, const struct cred *old, int flags, int ret)
{
	if (ret)
		return ret;
	if (new->uid.val == 0 && old->uid.val)
		return -EPERM;
	return 0;
}
SEC("lsm/inode_unlink") int BPF_PROG(lsm2, struct inode *dir, struct dentry *v)
{
	u64 *s = bpf_inode_storage_get(&is, v->d_inode, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (s && ++*s > 3)
		return -EACCES;
	return 0;
}
