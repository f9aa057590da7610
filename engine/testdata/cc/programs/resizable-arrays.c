// Habits of schedulers: arrays sized at load time, pointers bounded by assembly, struct_ops through a flavour.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char _license[] SEC("license") = "GPL";
#define OPERATION(name, args...) SEC("struct_ops/" #name) BPF_PROG(name, ##args)
/* One element here; the loader makes the section as large as it likes. */
#define SIZED_AT_LOAD(type, name) type name[1] SEC(".data." #name)

/* A pointer `bytes` behind `base` when they are no more than `most`, or NULL: kept together where the verifier looks. */
#define BOUNDED(type, base, bytes, most, how) \
	((type *)({ \
		u64 ___at = (bytes); \
		asm volatile("if %[at] > %[last] goto 1f\n" \
			     "%[at] += %[from]\n" \
			     "goto 2f\n" \
			     "1: %[at] = 0\n" \
			     "2:" \
			     : [at] "+r"(___at) \
			     : [from] "r"(base), [last] how(most)); \
		___at; \
	}))
#define ELEMENT(array, i, count) \
	BOUNDED(typeof(array[0]), (u64)(array), (u64)&array[i] - (u64)(array), sizeof(array[0]) * ((count) - 1), "r")
#define MEMBER(whole, path) \
	BOUNDED(typeof(whole path), (u64)&(whole), (u64)&(whole path) - (u64)&(whole), \
		sizeof(whole) - sizeof(whole path), "i")
#define IF_THERE(type, value) (bpf_core_enum_value_exists(type, value) ? value : 0)

struct {
	int kind;
	s64 code;
	char reason[128];
} ending SEC(".data");

#define MAX_CPUS 64
struct cpu_ctx {
	u64 last;
	u32 dom;
	bool kick;
} __attribute__((aligned(64)));
struct cpu_ctx cpu_ctxs[MAX_CPUS];
struct {
	u64 a[4][8];
} grid;
SIZED_AT_LOAD(u64, cpu_started);
const volatile u32 nr_cpus = 1;
static u64 vtime_now;
u64 out;
struct task_ctx {
	u64 sum;
	u64 deadline;
	u32 dom;
	struct bpf_cpumask __kptr *mask;
};
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct task_ctx);
} task_ctxs SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 64);
	__type(value, s32);
} q SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__uint(key_size, 4);
	__array(
	    values, struct {
		    __uint(type, BPF_MAP_TYPE_QUEUE);
		    __uint(max_entries, 8);
		    __type(value, u32);
	    });
} qs SEC(".maps");
static inline bool is_before(u64 a, u64 b)
{
	return (s64)(a - b) < 0;
}
static struct task_ctx *lookup(struct task_struct *p)
{
	struct task_ctx *t = bpf_task_storage_get(&task_ctxs, p, 0, 0);
	if (!t) {
		bpf_printk("no ctx %d[%s]", p->pid, p->comm);
	}
	return t;
}
SEC("tp_btf/sched_switch") int BPF_PROG(run, bool pre, struct task_struct *prev, struct task_struct *next)
{
	struct cpu_ctx *c;
	struct task_ctx *t;
	u64 *v, now = bpf_ktime_get_ns();
	s32 cpu = bpf_get_smp_processor_id(), pid;
	c = MEMBER(cpu_ctxs, [cpu]);
	if (!c)
		return 0;
	c->last = now;
	v = ELEMENT(cpu_started, cpu, nr_cpus);
	if (v)
		*v = now;
	v = MEMBER(grid, .a[cpu & 3][next->pid & 15]);
	if (v)
		(*v)++;
	t = lookup(next);
	if (t && is_before(vtime_now, t->deadline))
		vtime_now = t->deadline;
	pid = next->pid;
	bpf_map_push_elem(&q, &pid, 0);
	bpf_map_pop_elem(&q, &pid);
	out = __builtin_popcountll(now) + pid + IF_THERE(enum bpf_map_type, BPF_MAP_TYPE_ARENA);
	unsigned long long values[2];

	___bpf_fill(values, cpu, now);
	out += values[0] + values[1];
	ending.code = out;
	return 0;
}
u32 OPERATION(my_ssthresh, struct sock *sk)
{
	return 2;
}
u32 OPERATION(my_undo, struct sock *sk)
{
	return 5;
}
void OPERATION(my_avoid, struct sock *sk, u32 a, u32 b)
{
	out += a + b;
}
void OPERATION(my_release, struct sock *sk)
{
}
struct tcp_congestion_ops___local {
	u32 (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, u32 ack, u32 acked);
	u32 (*undo_cwnd)(struct sock *sk);
	void (*release)(struct sock *sk);
	char name[16];
	u32 flags;
} __attribute__((preserve_access_index));
SEC(".struct_ops.link")
struct tcp_congestion_ops___local my_ops = {.ssthresh = (void *)my_ssthresh,
					    .cong_avoid = (void *)my_avoid,
					    .undo_cwnd = (void *)my_undo,
					    .release = (void *)my_release,
					    .name = "my_local"};
SEC("?.struct_ops.link")
struct tcp_congestion_ops opt_ops = {.ssthresh = (void *)my_ssthresh, .name = {'o', 'p'}};
