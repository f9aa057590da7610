// Timers and work queues inside of map values: an element arms itself, a callback moves it on.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf_experimental.h"

#define CLOCK_MONOTONIC 1

struct job {
	struct bpf_timer timer;
	struct bpf_wq work;
	int rounds;
	__u64 due;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, struct job);
} jobs SEC(".maps");

struct nested {
	int before;
	struct {
		struct bpf_timer t[1];
		int after;
	} in;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, struct nested);
} slots SEC(".maps");

__u64 ticks, worked, cancelled;

static int on_work(void *map, int *key, void *value)
{
	struct job *job = value;

	__sync_fetch_and_add(&worked, *key + job->rounds);
	return 0;
}

static int on_tick(void *map, int *key, struct job *job)
{
	ticks++;
	if (++job->rounds < 3)
		bpf_timer_start(&job->timer, 1000, 0);
	else
		bpf_wq_start(&job->work, 0);
	return 0;
}

static int on_slot(void *map, int *key, struct nested *slot)
{
	slot->in.after++;
	return 0;
}

SEC("tc")
int arm(struct __sk_buff *skb)
{
	struct job fresh = {}, *job;
	struct nested *slot;
	int key = skb->len & 7, zero = 0;

	bpf_map_update_elem(&jobs, &key, &fresh, BPF_ANY);
	job = bpf_map_lookup_elem(&jobs, &key);
	if (!job)
		return 1;
	if (bpf_timer_init(&job->timer, &jobs, CLOCK_MONOTONIC) || bpf_timer_set_callback(&job->timer, on_tick))
		return 2;
	if (bpf_wq_init(&job->work, &jobs, 0) || bpf_wq_set_callback(&job->work, on_work, 0))
		return 3;
	bpf_timer_start(&job->timer, 1000000000, BPF_F_TIMER_CPU_PIN);
	slot = bpf_map_lookup_elem(&slots, &zero);
	if (slot) {
		bpf_timer_init(&slot->in.t[0], &slots, CLOCK_MONOTONIC);
		bpf_timer_set_callback(&slot->in.t[0], on_slot);
	}
	cancelled += bpf_timer_cancel(&job->timer);
	bpf_map_delete_elem(&jobs, &key);
	return 0;
}

char _license[] SEC("license") = "GPL";
