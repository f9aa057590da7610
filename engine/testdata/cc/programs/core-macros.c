// Every macro of bpf_core_read.h: reads of all kinds, existence, sizes, offsets, enumerators, bit-fields, kernel configuration.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
char LICENSE[] SEC("license") = "Dual BSD/GPL";
struct task_struct___old {
	volatile long int state;
} __attribute__((preserve_access_index));
struct task_struct___bad {
	int no_such_member_here;
	struct neither_of_them {
		int x;
	} *neither;
} __attribute__((preserve_access_index));
struct kernfs_iattrs___52 {
	struct iattr ia_iattr;
};
struct sk_buff___new {
	__u8 mono_delivery_time : 1;
	__u8 tc_at_ingress : 1;
} __attribute__((preserve_access_index));
enum bpf_cgroup_iter_order___x { BPF_CGROUP_ITER_ANCESTORS_UP___x = 99, NO_SUCH_ONE = 7 };
struct nowhere_at_all {
	int a;
} __attribute__((preserve_access_index));
typedef struct {
	int counter;
} atomic_t___mine;
typedef int no_such_typedef;
union no_such_union {
	int a;
	long b;
};
__u64 out[64];
int exists[32];
char comm[16];
extern int LINUX_KERNEL_VERSION __kconfig;
extern unsigned long CONFIG_HZ __kconfig __weak;
extern bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern enum libbpf_tristate CONFIG_BPF_JIT __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[16] __kconfig __weak;
extern int CONFIG_NOT_THERE_AT_ALL __kconfig __weak;
SEC("raw_tp/sys_enter")
int fields(void *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct task_struct___old *o = (void *)t;
	struct task_struct___bad *b = (void *)t;
	out[0] = BPF_CORE_READ(t, pid);
	out[1] = BPF_CORE_READ(t, real_parent, tgid);
	out[2] = BPF_CORE_READ(t, mm, exe_file, f_inode, i_ino);
	out[3] = BPF_CORE_READ(t, group_leader, real_parent, cgroups, dfl_cgrp, kn, id);
	exists[0] = bpf_core_field_exists(o->state);
	exists[1] = bpf_core_field_exists(t->__state);
	exists[2] = bpf_core_field_exists(struct task_struct, mm);
	exists[3] = bpf_core_field_exists(b->no_such_member_here);
	exists[4] = bpf_core_field_size(t->comm);
	exists[5] = bpf_core_field_size(struct task_struct, comm);
	exists[6] = bpf_core_field_offset(struct task_struct, pid);
	exists[7] = bpf_core_field_offset(t->tgid);
	if (bpf_core_field_exists(o->state))
		out[4] = BPF_CORE_READ(o, state);
	else
		out[4] = BPF_CORE_READ(t, __state);
	if (bpf_core_field_exists(b->neither))
		out[5] = BPF_CORE_READ(b, neither, x);
	bpf_core_read(&out[6], sizeof(out[6]), &t->start_time);
	bpf_core_read_str(comm, sizeof comm, &t->comm);
	BPF_CORE_READ_INTO(&out[7], t, nsproxy, uts_ns, ns.inum);
	BPF_CORE_READ_STR_INTO(&comm, t, group_leader, comm);
	BPF_PROBE_READ_INTO(&out[8], t, tgid);
	BPF_PROBE_READ_STR_INTO(&comm, t, real_parent, comm);
	out[9] = BPF_PROBE_READ(t, real_parent, pid);
	out[10] = BPF_PROBE_READ_USER(t, pid);
	out[11] = BPF_CORE_READ_USER(t, mm, arg_start);
	BPF_CORE_READ_USER_INTO(&out[12], t, mm, arg_end);
	BPF_PROBE_READ_USER_INTO(&out[13], t, pid);
	BPF_CORE_READ_USER_STR_INTO(&comm, t, comm);
	BPF_PROBE_READ_USER_STR_INTO(&comm, t, comm);
	bpf_core_read_user(&out[14], 8, &t->flags);
	bpf_core_read_user_str(comm, 8, &t->comm);
	return 0;
}
SEC("raw_tp/sys_exit")
int types(void *ctx)
{
	exists[8] = bpf_core_type_exists(struct task_struct);
	exists[9] = bpf_core_type_exists(struct nowhere_at_all);
	exists[10] = bpf_core_type_exists(enum bpf_prog_type);
	exists[11] = bpf_core_type_exists(union no_such_union);
	exists[12] = bpf_core_type_exists(no_such_typedef);
	exists[13] = bpf_core_type_exists(u64);
	exists[14] = bpf_core_type_size(struct sk_buff);
	exists[15] = bpf_core_type_size(atomic_t);
	exists[16] = bpf_core_type_id_local(struct task_struct) > 0;
	exists[17] = bpf_core_type_id_kernel(struct task_struct);
	exists[18] = bpf_core_type_id_kernel(struct nowhere_at_all);
	exists[19] = bpf_core_type_matches(struct task_struct___old);
	exists[20] = bpf_core_type_matches(struct sk_buff___new);
	exists[21] = bpf_core_enum_value_exists(enum bpf_map_type, BPF_MAP_TYPE_ARENA);
	exists[22] = bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_ARENA);
	exists[23] = bpf_core_enum_value_exists(enum bpf_cgroup_iter_order___x, NO_SUCH_ONE);
	if (bpf_core_enum_value_exists(enum bpf_cgroup_iter_order___x, BPF_CGROUP_ITER_ANCESTORS_UP___x))
		exists[24] =
		    bpf_core_enum_value(enum bpf_cgroup_iter_order___x, BPF_CGROUP_ITER_ANCESTORS_UP___x);
	exists[25] = bpf_core_type_id_local(typeof(int *)) > 0;
	exists[26] = bpf_core_type_exists(struct kernfs_iattrs___52);
	exists[27] = 1;
	exists[28] = bpf_core_type_exists(atomic_t___mine);
	out[20] = LINUX_KERNEL_VERSION >= KERNEL_VERSION(5, 10, 0);
	out[21] = CONFIG_HZ;
	out[22] = CONFIG_BPF_SYSCALL;
	out[23] = CONFIG_BPF_JIT == TRI_YES;
	out[24] = CONFIG_DEFAULT_HOSTNAME[1];
	out[25] = CONFIG_NOT_THERE_AT_ALL;
	return 0;
}
SEC("raw_tp/sched_switch")
int bits(u64 *ctx)
{
	struct task_struct *t = (void *)ctx[1];
	struct sk_buff *skb = (void *)ctx[2];
	struct sk_buff___new *n = (void *)skb;
	out[30] = BPF_CORE_READ_BITFIELD_PROBED(t, sched_reset_on_fork);
	out[31] = BPF_CORE_READ_BITFIELD_PROBED(t, in_execve);
	out[32] = BPF_CORE_READ_BITFIELD_PROBED(skb, cloned);
	out[33] = BPF_CORE_READ_BITFIELD_PROBED(skb, pkt_type);
	out[34] = BPF_CORE_READ_BITFIELD_PROBED(skb, ip_summed);
	if (bpf_core_field_exists(n->tc_at_ingress))
		out[35] = BPF_CORE_READ_BITFIELD_PROBED(n, tc_at_ingress);
	out[36] = bpf_core_field_exists(n->mono_delivery_time);
	out[37] = bpf_core_field_exists(skb->fclone);
	return 0;
}
SEC("tp_btf/tcp_probe")
int BPF_PROG(tcpbits, struct sock *sk, struct sk_buff *skb)
{
	struct tcp_sock *tp = bpf_core_cast(sk, struct tcp_sock);
	struct inet_connection_sock *icsk = bpf_core_cast(sk, struct inet_connection_sock);
	out[40] = BPF_CORE_READ_BITFIELD(icsk, icsk_ca_state);
	out[41] = BPF_CORE_READ_BITFIELD(tp, nonagle);
	out[42] = BPF_CORE_READ_BITFIELD(sk, sk_userlocks);
	out[43] = BPF_CORE_READ_BITFIELD(skb, encapsulation);
	out[44] = sk->__sk_common.skc_family;
	out[45] = skb->len;
	struct tcp_sock *q = bpf_core_cast(sk, struct tcp_sock);
	out[46] = q->snd_cwnd;
	return 0;
}
SEC("kprobe/do_unlinkat")
int builtins(struct pt_regs *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	int pid;
	bpf_probe_read_kernel(&pid, sizeof(pid), __builtin_preserve_access_index(&t->pid));
	out[60] = pid;
	out[61] = __builtin_preserve_access_index(({
		int x = 0;
		bpf_probe_read_kernel(&x, 4, &t->real_parent);
		x;
	}));
	bpf_probe_read_kernel(&pid, sizeof(pid), __builtin_preserve_access_index(&t->thread.sp));
	out[62] = __builtin_preserve_field_info(t->comm, 1) + __builtin_preserve_field_info(t->comm[3], 0);
	return 0;
}
