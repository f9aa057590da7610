// An object of another compiler: sections, symbols and types as gcc 12 for BPF makes them.
//   bpf-gcc -O2 -gbtf -mcpu=v3 -c gcc.c -o gcc.o

typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name

void *bpf_map_lookup_elem(void *map, const void *key) __attribute__((kernel_helper(1)));

struct {
	__uint(type, 1);
	__uint(max_entries, 8);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

int counter = 3;
static int other;
const volatile int limit = 5;

SEC("xdp") int program(void *ctx)
{
	u32 key = 1;
	u64 *found = bpf_map_lookup_elem(&counts, &key);

	if (found)
		*found += limit;
	other += counter;
	return other > 3 ? 2 : 1;
}

char _license[] SEC("license") = "GPL";
