// An object of libbpf 0.8's days: struct bpf_map_def in the section maps, free section names, no BTF.
//   clang -O2 --target=bpf -mcpu=v2 -c legacy.c -o legacy.o
//   clang -g -O2 --target=bpf -mcpu=v2 -fdebug-prefix-map=$PWD=. -c legacy.c -o legacy.btf.o && llvm-strip -g legacy.btf.o

typedef unsigned int u32;

#define SEC(name) __attribute__((section(name), used))

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;

struct bpf_map_def {
	u32 type, key_size, value_size, max_entries, map_flags;
};

struct bpf_map_def SEC("maps") counts = {.type = 1, .key_size = 4, .value_size = 8, .max_entries = 16};
struct bpf_map_def SEC("maps") flags = {.type = 2, .key_size = 4, .value_size = 4, .max_entries = 2, .map_flags = 1024};

/* BPF_ANNOTATE_KV_PAIR: BTF alone has it */
struct ____btf_map_counts {
	u32 key;
	unsigned long long value;
};
struct ____btf_map_counts SEC(".maps.counts") ____btf_map_counts = {};

SEC("xdp_firewall") int firewall(void *ctx)
{
	u32 key = 0;

	return bpf_map_lookup_elem(&counts, &key) && bpf_map_lookup_elem(&flags, &key) ? 2 : 1;
}

SEC("classifier") int classify(void *ctx)
{
	return 0;
}

SEC("nobody_knows") int unknown(void *ctx)
{
	return 0;
}

char _license[] SEC("license") = "GPL";
