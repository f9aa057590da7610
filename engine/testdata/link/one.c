// clang -O2 -g -mcpu=v3 --target=bpf -c one.c -o one.o
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, value) int (*name)[value]
#define __type(name, value) typeof(value) *name
#define __weak __attribute__((weak))
#define __hidden __attribute__((visibility("hidden")))

typedef unsigned int u32;
typedef unsigned long long u64;

struct event {
	u32 kind;
	u64 when;
	struct event *next;
};

static void *(*lookup)(void *map, const void *key) = (void *)1;

struct {
	__uint(type, 2);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

extern u64 limit;
extern int LINUX_KERNEL_VERSION SEC(".kconfig");
extern u64 weigh(struct event *e, u32 factor);
extern u64 __weak absent(u32 x);

u64 total;
const volatile u32 factor = 3;
static u64 calls;

static __attribute__((noinline)) u64 twice(u64 x)
{
	calls++;
	return x * 2;
}

__weak __attribute__((noinline)) u64 choose(u64 x)
{
	return x + 1;
}

__hidden __attribute__((noinline)) u64 shared(u64 x)
{
	return twice(x) + total;
}

SEC("xdp")
int first(void *ctx)
{
	struct event e = {.kind = 1, .when = 2};
	u32 key = 1;
	u64 *count = lookup(&counts, &key);

	if (count)
		*count += weigh(&e, factor);
	total += choose(e.when) + limit;
	return shared(total) > limit ? 1 : 2;
}

char _license[] SEC("license") = "GPL";
