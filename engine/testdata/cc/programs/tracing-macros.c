// Every macro of bpf_tracing.h, and every way to be attached to code.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
char L[] SEC("license") = "GPL";
u64 o[64];
SEC("kprobe/a") int BPF_KPROBE(k0)
{
	o[0] = (u64)ctx;
	return 0;
}
SEC("kprobe/a") int BPF_KPROBE(k1, int a)
{
	o[0] = a;
	return 0;
}
SEC("kprobe/a") int BPF_KPROBE(k5, int a, struct file *f, char c, unsigned short s, bool b)
{
	o[0] = a;
	o[1] = (u64)f;
	o[2] = c;
	o[3] = s;
	o[4] = b;
	return 0;
}
SEC("kprobe/a") int BPF_KPROBE(k6, u8 a, s8 b, u16 c, s16 d, u32 e, s32 f)
{
	o[0] = a;
	o[1] = b;
	o[2] = c;
	o[3] = d;
	o[4] = e;
	o[5] = f;
	return 0;
}
SEC("kretprobe/a") int BPF_KRETPROBE(kr, long ret)
{
	o[6] = ret;
	return 0;
}
SEC("kretprobe/a") int BPF_KRETPROBE(kr0)
{
	o[6]++;
	return 0;
}
SEC("kretprobe/a") int BPF_KRETPROBE(kri, int ret)
{
	if (ret < 0)
		o[6] = -ret;
	return 0;
}
SEC("uprobe//bin/sh:main") int BPF_UPROBE(u, char *s, int n)
{
	char b[16];
	o[7] = bpf_probe_read_user_str(b, sizeof b, s) + n;
	return 0;
}
SEC("uretprobe//bin/sh:main") int BPF_URETPROBE(ur, void *p)
{
	o[8] = (u64)p;
	return 0;
}
SEC("ksyscall/openat") int BPF_KSYSCALL(sy, int dfd, const char *path, int flags, umode_t mode)
{
	char b[8];
	bpf_probe_read_user_str(b, 8, path);
	o[9] = dfd + flags + mode;
	return 0;
}
SEC("ksyscall/mmap")
int BPF_KPROBE_SYSCALL(sy6, void *addr, size_t len, unsigned long prot, unsigned long fl, unsigned long fd,
		       unsigned long off)
{
	o[9] = len + prot + fl + fd + off;
	return 0;
}
SEC("ksyscall/getpid") int BPF_KSYSCALL(sy0)
{
	o[10]++;
	return 0;
}
SEC("kretsyscall/getpid") int BPF_KRETPROBE(sr, int r)
{
	o[10] += r;
	return 0;
}
SEC("raw_tp/task_rename") int BPF_PROG(rt, struct task_struct *t, const char *name)
{
	o[11] = BPF_CORE_READ(t, pid);
	bpf_probe_read_kernel(&o[12], 8, name);
	return 0;
}
SEC("tp_btf/task_rename") int BPF_PROG(tb, struct task_struct *t, const char *name)
{
	o[13] = t->pid + t->mm->pgd->pgd;
	return 0;
}
SEC("tp_btf/sched_switch")
int BPF_PROG(sw, bool preempt, struct task_struct *prev, struct task_struct *next, unsigned int st)
{
	o[14] = preempt + prev->pid + next->pid + st;
	return 0;
}
SEC("tp_btf/sys_enter") int BPF_PROG(se, struct pt_regs *regs, long id)
{
	o[15] = id + PT_REGS_PARM1_CORE_SYSCALL(regs) + PT_REGS_PARM4_CORE_SYSCALL(regs);
	return 0;
}
SEC("raw_tracepoint/sys_enter") int rse(struct bpf_raw_tracepoint_args *ctx)
{
	struct pt_regs *r = (void *)ctx->args[0];
	o[16] = ctx->args[1] + PT_REGS_PARM2_CORE(r) + PT_REGS_IP_CORE(r);
	return 0;
}
SEC("tp/sched/sched_process_exec") int tpe(struct trace_event_raw_sched_process_exec *ctx)
{
	unsigned off = ctx->__data_loc_filename & 0xffff;
	char f[32];
	bpf_probe_read_kernel_str(f, sizeof f, (void *)ctx + off);
	o[17] = f[0] + ctx->pid;
	return 0;
}
SEC("tracepoint/syscalls/sys_enter_execve") int tse(struct trace_event_raw_sys_enter *ctx)
{
	o[18] = ctx->id + ctx->args[0] + BPF_CORE_READ(ctx, args[1]);
	return 0;
}
SEC("tracepoint/syscalls/sys_exit_read") int tsx(struct trace_event_raw_sys_exit *ctx)
{
	o[19] = ctx->ret;
	return 0;
}
SEC("kprobe/b") int regs(struct pt_regs *ctx)
{
	o[20] = PT_REGS_PARM1(ctx) + PT_REGS_PARM2(ctx) + PT_REGS_PARM3(ctx) + PT_REGS_PARM4(ctx) +
		PT_REGS_PARM5(ctx) + PT_REGS_PARM6(ctx);
	o[21] = PT_REGS_RC(ctx) + PT_REGS_SP(ctx) + PT_REGS_IP(ctx) + PT_REGS_FP(ctx) + PT_REGS_RET(ctx);
	o[22] = PT_REGS_PARM1_CORE(ctx) + PT_REGS_PARM5_CORE(ctx) + PT_REGS_RC_CORE(ctx) +
		PT_REGS_SP_CORE(ctx) + PT_REGS_FP_CORE(ctx) + PT_REGS_RET_CORE(ctx);
	struct pt_regs *r = PT_REGS_SYSCALL_REGS(ctx);
	o[23] = PT_REGS_PARM1_CORE_SYSCALL(r) + PT_REGS_PARM6_CORE_SYSCALL(r) + PT_REGS_PARM5_CORE_SYSCALL(r);
	o[24] = PT_REGS_PARM1_SYSCALL(ctx) + PT_REGS_PARM4_SYSCALL(ctx);
	unsigned long ip;
	BPF_KPROBE_READ_RET_IP(ip, ctx);
	o[25] = ip;
	BPF_KRETPROBE_READ_RET_IP(ip, ctx);
	o[26] = ip;
	return 0;
}
struct small {
	int a;
	char b;
};
struct big {
	long a, b;
};
SEC("tp_btf/contention_begin") int BPF_PROG2(p2, void *, lock, unsigned int, flags)
{
	o[27] = (u64)lock + flags;
	return 0;
}
SEC("raw_tp/x") int BPF_PROG2(p3, struct small, s, int, b, struct big, t)
{
	o[28] = s.a + s.b + b + t.a + t.b;
	return 0;
}
SEC("raw_tp/x") int BPF_PROG2(p4, u64, x, char, c, s16, h)
{
	o[29] = x + c + h;
	return 0;
}
SEC("raw_tp/x") int BPF_PROG2(p0)
{
	o[29]++;
	return 0;
}
SEC("iter/task") int it(struct bpf_iter__task *ctx)
{
	struct seq_file *s = ctx->meta->seq;
	struct task_struct *t = ctx->task;
	if (!t)
		return 0;
	BPF_SEQ_PRINTF(s, "%d %s\n", t->pid, t->comm);
	BPF_SEQ_PRINTF(s, "x\n");
	return 0;
}
SEC("iter/bpf_map_elem") int ime(struct bpf_iter__bpf_map_elem *ctx)
{
	u32 *k = ctx->key;
	u64 *v = ctx->value;
	if (!k || !v)
		return 0;
	o[30] += *k + *v;
	return 0;
}
SEC("perf_event") int pe(struct bpf_perf_event_data *ctx)
{
	o[31] = ctx->sample_period + PT_REGS_IP(&ctx->regs);
	return 0;
}
SEC("kprobe.multi/tcp_*") int BPF_KPROBE(km, void *a)
{
	o[32] = bpf_get_func_ip(ctx);
	return 0;
}
SEC("kprobe.session/tcp_*") int ks(struct pt_regs *ctx)
{
	return 0;
}
SEC("uprobe.multi//bin/sh:m*") int um(struct pt_regs *ctx)
{
	return 0;
}
SEC("uprobe.s//bin/sh:m") int us(struct pt_regs *ctx)
{
	char b[8];
	return bpf_copy_from_user(b, 8, (void *)PT_REGS_PARM1(ctx));
}
SEC("raw_tp.w/nbd_send_request") int rw(void *ctx)
{
	return 0;
}
