// An XDP program as clang makes it: BTF-defined maps, global data, a subprogram in .text, a second program.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c firewall.c -o firewall.o

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;

#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;

struct xdp_md {
	__u32 data, data_end, data_meta, ingress_ifindex, rx_queue_index, egress_ifindex;
};

struct rule {
	__u64 hits;
	__u32 action;
};

struct {
	__uint(type, 1);
	__uint(max_entries, 256);
	__type(key, __u16);
	__type(value, struct rule);
} rules SEC(".maps");

const volatile __u32 default_action = 2;
__u64 seen;
__u32 limit = 1000;

static __attribute__((noinline)) int apply(struct rule *rule)
{
	__sync_fetch_and_add(&rule->hits, 1);
	return rule->action;
}

SEC("xdp")
int firewall(struct xdp_md *ctx)
{
	__u8 *data = (__u8 *)(long)ctx->data, *end = (__u8 *)(long)ctx->data_end;
	struct rule *rule;
	__u16 port;

	if (data + 38 > end)
		return default_action;
	seen++;
	port = *(__u16 *)(data + 36);
	rule = bpf_map_lookup_elem(&rules, &port);
	if (!rule || seen > limit)
		return default_action;
	return apply(rule);
}

SEC("tc")
int pass(void *ctx)
{
	return 0;
}

char _license[] SEC("license") = "GPL";
