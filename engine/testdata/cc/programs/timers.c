// not repeatable: the loader fills maps, time goes on
#include "common.h"
struct item { struct bpf_timer timer; __u64 fired; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, struct item); } items SEC(".maps");
static int fire(void *map, int *key, struct item *i)
{
	i->fired++;
	return 0;
}
SEC("tc") int start(struct __sk_buff *skb)
{
	int zero = 0;
	struct item *i = bpf_map_lookup_elem(&items, &zero);
	if (!i)
		return TC_ACT_OK;
	bpf_timer_init(&i->timer, &items, 1);
	bpf_timer_set_callback(&i->timer, fire);
	bpf_timer_start(&i->timer, 1000000, 0);
	bpf_timer_cancel(&i->timer);
	return TC_ACT_SHOT;
}
char _license[] SEC("license") = "GPL";
