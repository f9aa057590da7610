// struct_ops: functions and values of kernel.c's `struct ops`, with a link, not made by default, and one that cannot be.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c ops.c -o ops.o && llvm-strip -g ops.o

typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))

struct node;

struct ops {
	int (*init)(struct node *n);
	void (*done)(struct node *n, u32 why);
	u32 flags;
	char name[16];
	int not_there;
};

struct ops___bad {
	int (*init)(struct node *n);
	u64 flags;
};

SEC("struct_ops/my_init") int my_init(u64 *ctx)
{
	return 0;
}

SEC("struct_ops.s/my_done") void my_done(u64 *ctx) {}

SEC("struct_ops/unused") int unused(u64 *ctx)
{
	return 0;
}

SEC(".struct_ops") struct ops plain = {
	.init = (void *)my_init,
	.done = (void *)my_done,
	.flags = 5,
	.name = "plain",
};

SEC(".struct_ops.link") struct ops linked = {.init = (void *)my_init, .name = "linked"};
SEC("?.struct_ops") struct ops on_demand = {.flags = 1};
SEC("?.struct_ops.link") struct ops___bad wrong = {.flags = 1};

char _license[] SEC("license") = "GPL";
