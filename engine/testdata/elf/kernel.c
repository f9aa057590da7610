// Types that stand for a kernel's: the target of CO-RE relocations, kfuncs, kernel variables and struct_ops in the tests.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c kernel.c -o kernel.o && llvm-strip -g kernel.o

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

struct inner {
	u64 pad;
	int deep;
	short list[8];
};

enum colour { RED = 5, GREEN = 7, BLUE = 0xfffffffe };
enum wide { SMALL = 1, LARGE = 0x8000000000000001ull };
enum grown { G_ONE = 10, G_TWO = 20, G_THREE = 30 };

struct thing {
	u64 moved_by;
	union {
		struct {
			u32 first;
			struct inner in;
		};
		u64 whole;
	};
	u16 shrunk;
	u64 widened;
	int *pointer;
	u32 low : 3, mid : 9;
	int sign : 5;
	u64 far : 40;
	char name[24];
	enum colour colour;
};

/* two types of one name: the flavour is dropped */
struct thing___other {
	u64 moved_by;
};

struct resized {
	u8 bytes[40];
};

struct node {
	struct node *next;
	const char *text;
	int (*visit)(struct node *self, int depth);
};

typedef int (*visitor)(struct node *self, int depth);
typedef struct {
	int a, b;
} pair_t;

struct ops {
	int (*init)(struct node *n);
	u64 added;
	void (*done)(struct node *n, u32 why);
	u32 flags;
	char name[16];
};

struct common_value {
	u32 refs;
	int state;
};

struct bpf_struct_ops_ops {
	struct common_value common;
	struct ops data __attribute__((aligned(64)));
};

int kernel_number;
struct node kernel_node;
u32 kernel_flag;

__attribute__((noinline)) int kernel_add(int a, int b)
{
	return a + b;
}

__attribute__((noinline)) void kernel_put(struct node *n)
{
	n->next = 0;
}

struct thing a_thing;
struct thing___other another_thing;
struct resized a_resized;
visitor a_visitor;
pair_t a_pair;
struct bpf_struct_ops_ops a_value;
enum wide a_wide;
enum grown a_grown;

int use(struct node *n)
{
	kernel_put(n);
	return kernel_add(a_pair.a, a_pair.b) + (a_visitor ? a_visitor(n, 1) : 0);
}
