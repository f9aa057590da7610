// not repeatable
// Every macro of bpf_helpers.h and bpf_endian.h, maps of maps, values of maps that are defined with them.
#include <linux/bpf.h>
#include <linux/types.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
char _license[] SEC("license") = "GPL";
struct val {
	int a;
	__u64 b[3];
};
struct inner_t {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} inner_a SEC(".maps"), inner_b SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 3);
	__type(key, int);
	__array(values, struct inner_t);
} outer SEC(".maps") = {.values = {[0] = &inner_a, [2] = &inner_b}};
struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 3);
	__uint(key_size, 4);
	__uint(value_size, 4);
	__array(
	    values, struct {
		    __uint(type, BPF_MAP_TYPE_HASH);
		    __uint(max_entries, 7);
		    __uint(map_flags, BPF_F_NO_PREALLOC);
		    __type(key, struct val);
		    __type(value, struct val);
	    });
} houter SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__type(key, struct val);
	__type(value, struct val);
} h SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__uint(max_entries, 100);
	__ulong(map_extra, 3);
	__uint(value_size, 8);
} bloom SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(int));
	__uint(value_size, sizeof(int));
} events SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 16);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u64);
	__uint(value_size, 4);
} lpm0 SEC(".maps");
int tail_target(struct __sk_buff *skb);
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 3);
	__uint(key_size, 4);
	__uint(value_size, 4);
} jmp SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, 4);
} jmp2 SEC(".maps");
__u64 r[40];
const volatile int cfg = 3;
const volatile bool dbg;
const volatile char name[8] = "abc";
volatile const struct val cv = {1, {2, 3}};
static volatile int sv = 9;
static int hidden_counter;
int __hidden hid;
__weak int wk = 4;
int arr[] = {[3] = 1, 2, [0] = 7};
struct val vs[2] = {[1].b[2] = 5, [0] = {.a = 9}};
SEC("tc") int tail_target(struct __sk_buff *skb)
{
	r[0]++;
	return 2;
}
SEC("tc") int tails(struct __sk_buff *skb)
{
	bpf_tail_call_static(skb, &jmp, 1);
	bpf_tail_call(skb, &jmp2, skb->len & 3);
	r[1]++;
	return 0;
}
SEC("tc") int endians(struct __sk_buff *skb)
{
	r[2] = bpf_htons(skb->len) + bpf_ntohs(0x1234);
	r[3] = bpf_htonl(skb->len) + bpf_htonl(0x12345678u);
	r[4] = bpf_cpu_to_be64(skb->len);
	r[5] = bpf_be64_to_cpu(0x123456789abcdefULL);
	r[6] = bpf_ntohl(skb->protocol);
	switch (skb->protocol) {
	case bpf_htons(0x800):
		r[7] = 4;
		break;
	case bpf_htons(0x86dd):
		r[7] = 6;
		break;
	case __bpf_constant_htons(0x806):
		r[7] = 1;
		break;
	default:
		r[7] = 0;
	}
	static const __u32 t[] = {bpf_htonl(1), bpf_htonl(0xffff0000)};
	r[8] = t[skb->len & 1];
	return 0;
}
SEC("tc") int prints(struct __sk_buff *skb)
{
	__u64 x = skb->len;
	char out[32];
	long n;
	bpf_printk("zero");
	bpf_printk("one %d", cfg);
	bpf_printk("two %d %s", 1, name);
	bpf_printk("three %d %u %lx", 1, 2u, 3ul);
	bpf_printk("four %d %d %d %d", 1, 2, 3, 4);
	bpf_printk("six %llu %pI4 %s %c %x %p", x, &x, "str", 'c', 9, skb);
	n = BPF_SNPRINTF(out, sizeof out, "%d-%s-%u", (int)x, "abc", 4u);
	r[9] = n + out[0];
	n = BPF_SNPRINTF(out, sizeof(out), "plain");
	r[10] = n;
	n = BPF_SNPRINTF(out, 32, "%d%d%d%d%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
	r[11] = n + out[12];
	return 0;
}
static long cb(__u32 i, void *c)
{
	*(int *)c += i;
	return i > 20;
}
struct itc {
	int sum;
	const char *s;
};
static int each(struct bpf_map *map, const void *k, void *v, struct itc *c)
{
	c->sum += ((struct val *)v)->a;
	return 0;
}
SEC("tc") int loops(struct __sk_buff *skb)
{
	int s = 0, i, *p;
	struct val k = {1}, v = {5};
	bpf_loop(100, cb, &s, 0);
	r[12] = s;
	bpf_for(i, 0, 10)
	{
		if (i == 3)
			continue;
		if (i == 8)
			break;
		s += arr[i & 3];
	}
	r[13] = s;
	bpf_for(i, skb->len & 7, 100) s += i;
	bpf_repeat(5) s *= 3;
	r[14] = s;
	bpf_for_each(num, p, 5, 9) s ^= *p;
	r[15] = s;
	bpf_for(i, 0, 3)
	{
		int j;
		bpf_for(j, 0, 3) s += i * j;
	}
	bpf_map_update_elem(&h, &k, &v, BPF_ANY);
	k.b[2] = 9;
	bpf_map_update_elem(&h, &k, &v, BPF_ANY);
	struct itc c = {0, "x"};
	bpf_for_each_map_elem(&h, each, &c, 0);
	r[16] = c.sum + s;
	bpf_map_push_elem(&bloom, &r[16], 0);
	r[17] = bpf_map_peek_elem(&bloom, &r[16]);
	return 0;
}
SEC("tc") int globals(struct __sk_buff *skb)
{
	__u32 i = skb->len;
	barrier();
	barrier_var(i);
	r[18] += cfg + dbg + name[i & 7] + cv.b[0] + sv++ + ++hidden_counter + hid + wk;
	if (i < 4)
		r[19] += arr[i] + vs[i & 1].b[2];
	r[20] = vs[1].b[2] + arr[3] + arr[0];
	return container_of(&vs[1].b[1], struct val, b[1])->a + offsetof(struct val, b[2]);
}
__noinline int gfun(struct __sk_buff *c __arg_ctx, struct val *v __arg_nonnull, int n)
{
	v->a += n;
	return v->a + c->len;
}
__weak int wfun(struct val *v)
{
	if (!v)
		return -1;
	return v->a;
}
__hidden __noinline int hfun(int a, int b)
{
	return a * b + sv;
}
SEC("tc") int calls(struct __sk_buff *skb)
{
	struct val v = {skb->len};
	r[21] = gfun(skb, &v, 3);
	r[22] = wfun(&v);
	r[23] = wfun(0);
	r[24] = hfun(v.a, 7);
	return v.a;
}
SEC("tc") int inners(struct __sk_buff *skb)
{
	int k = 0;
	void *m = bpf_map_lookup_elem(&outer, &k);
	__u64 *v;
	__u32 z = 1, o = 1;
	if (!m)
		return -1;
	v = bpf_map_lookup_elem(m, &z);
	if (v)
		r[25] = ++*v;
	k = 2;
	m = bpf_map_lookup_elem(&outer, &k);
	if (m)
		bpf_map_update_elem(m, &o, &r[25], 0);
	m = bpf_map_lookup_elem(&houter, &k);
	if (m)
		r[26] = 1;
	return 0;
}
