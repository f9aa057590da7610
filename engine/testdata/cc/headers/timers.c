#include <linux/bpf.h>
#include <linux/time.h>
#include <stdint.h>
#include <limits.h>
#include <bpf/bpf_helpers.h>

struct element {
	struct bpf_timer timer;
	struct bpf_spin_lock lock;
	uint64_t ticks;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct element);
} elements SEC(".maps");

static int tick(void *map, int *key, struct element *element)
{
	bpf_spin_lock(&element->lock);
	element->ticks = element->ticks < UINT_MAX ? element->ticks + 1 : 0;
	bpf_spin_unlock(&element->lock);
	bpf_timer_start(&element->timer, 1000000, 0);
	return 0;
}

SEC("tc")
int start(void *ctx)
{
	int zero = 0;
	struct element *element = bpf_map_lookup_elem(&elements, &zero);

	if (!element)
		return 0;
	bpf_timer_init(&element->timer, &elements, CLOCK_MONOTONIC);
	bpf_timer_set_callback(&element->timer, tick);
	return bpf_timer_start(&element->timer, 0, 0);
}

char _license[] SEC("license") = "GPL";
