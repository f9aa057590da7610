// clang -O2 -g -mcpu=v3 --target=bpf -c two.c -o two.o
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, value) int (*name)[value]
#define __type(name, value) typeof(value) *name

typedef unsigned int u32;
typedef unsigned long long u64;

struct event {
	u32 kind;
	u64 when;
	struct event *next;
};

static void *(*lookup)(void *map, const void *key) = (void *)1;

extern struct {
	__uint(type, 2);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

struct {
	__uint(type, 1);
	__uint(max_entries, 8);
	__type(key, u64);
	__type(value, struct event);
} events SEC(".maps");

extern u64 total;
extern int LINUX_KERNEL_VERSION SEC(".kconfig");
extern u64 shared(u64 x);

u64 limit = 100;
static u64 calls = 7;

static __attribute__((noinline)) u64 twice(u64 x)
{
	calls += 2;
	return x << 1;
}

__attribute__((noinline)) u64 weigh(struct event *e, u32 factor)
{
	u64 key = 5;
	struct event *known = lookup(&events, &key);

	if (!e)
		return 0;
	return e->kind * factor + twice(e->when) + (known ? known->when : 0);
}

__attribute__((noinline)) u64 choose(u64 x)
{
	return x + LINUX_KERNEL_VERSION;
}

SEC("tc")
int second(void *ctx)
{
	u32 key = 2;
	u64 *count = lookup(&counts, &key);

	if (count)
		total += *count;
	return shared(3) > total;
}

char _license[] SEC("license") = "GPL";
