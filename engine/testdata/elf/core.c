// CO-RE relocations of every kind against kernel.c: what moved, grew, shrank, is a bit-field, is there no more.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c core.c -o core.o && llvm-strip -g core.o

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define CORE __attribute__((preserve_access_index))

struct inner {
	int deep;
	short list[4];
} CORE;

enum colour { RED, GREEN, BLUE, PINK };
enum wide { SMALL, LARGE = 0x100000000ull };
enum grown___old { G_ONE___old, G_THREE___old };

struct thing___mine {
	u32 first;
	struct inner in;
	u32 shrunk;
	u32 widened;
	int *pointer;
	int sign : 5;
	u32 low : 3, mid : 9;
	u64 far : 40;
	char name[16];
	int gone;
	enum colour colour;
} CORE;

struct resized {
	u8 bytes[8];
};

struct lost {
	int x;
} CORE;

struct node {
	struct node *next;
	const char *text;
	int (*visit)(struct node *self, int depth);
};

struct node___bad {
	int *next;
};

typedef int (*visitor)(struct node *self, int depth);
typedef struct {
	int a;
	int b;
} pair_t;

enum { OFFSET, SIZE, EXISTS, SIGNED, LSHIFT, RSHIFT };

u64 out[64];

SEC("raw_tp/fields") int fields(struct thing___mine *t)
{
	int i = 0;

	out[i++] = t->first;
	out[i++] = t->in.deep;
	out[i++] = t->in.list[3];
	out[i++] = t->shrunk;
	out[i++] = t->widened;
	out[i++] = (u64)t->pointer;
	out[i++] = t->name[9];
	out[i++] = t[2].colour;
	t->widened = 7;
	return 0;
}

SEC("raw_tp/bits") int bits(struct thing___mine *t)
{
	int i = 0;

#define BITS(field)                                             \
	out[i++] = __builtin_preserve_field_info(t->field, OFFSET);   \
	out[i++] = __builtin_preserve_field_info(t->field, SIZE);     \
	out[i++] = __builtin_preserve_field_info(t->field, SIGNED);   \
	out[i++] = __builtin_preserve_field_info(t->field, LSHIFT);   \
	out[i++] = __builtin_preserve_field_info(t->field, RSHIFT);   \
	out[i++] = __builtin_preserve_field_info(t->field, EXISTS);
	BITS(sign)
	BITS(low)
	BITS(mid)
	BITS(far)
	BITS(shrunk)
	out[i++] = __builtin_preserve_field_info(t->gone, EXISTS);
	out[i++] = __builtin_preserve_field_info(t->in.deep, EXISTS);
	return 0;
}

SEC("raw_tp/lost_field") int lost_field(struct thing___mine *t)
{
	if (__builtin_preserve_field_info(t->gone, EXISTS))
		out[0] = t->gone;
	out[1] = __builtin_preserve_field_info(t->gone, OFFSET);
	return 0;
}

SEC("raw_tp/types") int types(void *ctx)
{
	int i = 0;

#define TYPE(type)                                                    \
	out[i++] = __builtin_preserve_type_info(*(type *)0, 0);             \
	out[i++] = __builtin_preserve_type_info(*(type *)0, 1);             \
	out[i++] = __builtin_preserve_type_info(*(type *)0, 2);             \
	out[i++] = __builtin_btf_type_id(*(type *)0, 0);                    \
	out[i++] = __builtin_btf_type_id(*(type *)0, 1);
	TYPE(struct resized)
	TYPE(struct lost)
	TYPE(struct node)
	TYPE(struct node___bad)
	TYPE(visitor)
	TYPE(pair_t)
	TYPE(enum colour)
	return 0;
}

SEC("raw_tp/enums") int enums(void *ctx)
{
	int i = 0;

#define ENUM(type, value)                                                     \
	out[i++] = __builtin_preserve_enum_value(*(type *)value, 0);                \
	if (__builtin_preserve_enum_value(*(type *)value, 0))                       \
		out[i++] = __builtin_preserve_enum_value(*(type *)value, 1);
	ENUM(enum colour, RED)
	ENUM(enum colour, BLUE)
	ENUM(enum colour, PINK)
	ENUM(enum wide, LARGE)
	ENUM(enum grown___old, G_ONE___old)
	ENUM(enum grown___old, G_THREE___old)
	return 0;
}

char _license[] SEC("license") = "GPL";
