// Map declarations: every member, inner maps, initialisers of maps of maps and of prog arrays, sizes that libbpf mends.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c maps.c -o maps.o && llvm-strip -g maps.o

typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name
#define __array(name, val) typeof(val) *name[]
#define __ulong(name, val) enum { name##__value = val } name

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*const bpf_tail_call)(void *ctx, void *map, u32 index) = (void *)12;

struct key {
	u32 a, b;
};

struct value {
	u64 hits;
	char name[16];
};

struct {
	__uint(type, 1);
	__uint(max_entries, 100);
	__uint(map_flags, 1);
	__uint(numa_node, 1);
	__uint(pinning, 1);
	__type(key, struct key);
	__type(value, struct value);
} typed SEC(".maps");

struct {
	__uint(type, 2);
	__uint(key_size, 4);
	__uint(value_size, 24);
	__uint(max_entries, 3);
} sized SEC(".maps");

struct {
	__uint(type, 27);
	__uint(max_entries, 5000);
} ring SEC(".maps");

struct {
	__uint(type, 4);
	__uint(key_size, 4);
	__uint(value_size, 4);
} events SEC(".maps");

struct {
	__uint(type, 30);
	__uint(max_entries, 1000);
	__uint(value_size, 4);
	__uint(map_extra, 3);
} bloom SEC(".maps");

struct inner {
	__uint(type, 2);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} inner_one SEC(".maps"), inner_two SEC(".maps");

struct {
	__uint(type, 12);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__array(values, struct inner);
} outer SEC(".maps") = {.values = {[1] = &inner_one, [3] = &inner_two}};

int target(void *ctx);

struct {
	__uint(type, 3);
	__uint(max_entries, 8);
	__uint(key_size, 4);
	__array(values, int(void *));
} jumps SEC(".maps") = {.values = {[2] = (void *)&target}};

SEC("socket") int entry(void *ctx)
{
	struct key key = {1, 2};
	u32 index = 1;
	struct value *found = bpf_map_lookup_elem(&typed, &key);
	void *map = bpf_map_lookup_elem(&outer, &index);

	if (found)
		found->hits++;
	if (map && bpf_map_lookup_elem(map, &index))
		return 1;
	bpf_map_lookup_elem(&sized, &index);
	bpf_tail_call(ctx, &jumps, 2);
	return 0;
}

SEC("socket") int target(void *ctx)
{
	return 2;
}

char _license[] SEC("license") = "GPL";
