// clang -O2 -g -mcpu=v3 --target=bpf -c shapes.c -o shapes.o; llvm-strip -g shapes.o
struct later;
union either {
	int i;
	struct later *l;
};
typedef struct loop {
	struct loop *next;
	int (*call)(struct loop *, ...);
} loop_t;
struct later {
	loop_t loops[2][3];
	union either either;
	struct {
		char c;
		short s : 5;
		long long wide : 40;
	};
	enum { ONE = 1, TWO } number;
	const volatile char *const *names;
};
struct packed {
	char c;
	long l;
} __attribute__((packed));
struct hole {
	char c;
	int after __attribute__((aligned(64)));
};
struct empty {};
enum big { SMALL = -1LL, LARGE = 0x7fffffffffffffffLL };
enum unsigned_big { ZERO = 0, HUGE = 0xffffffffffffffffULL };
typedef int (*(*maker)(struct empty, float))[4];
typedef void plain(void);
typedef enum big big_t;
struct same { int a; };
struct tagged {
	int __attribute__((btf_type_tag("user"))) *user;
	double d;
	_Bool b;
	__int128 i;
} __attribute__((btf_decl_tag("marked")));

__attribute__((section("xdp"))) int f(void *ctx)
{
	struct same { char b; };
	struct later *l = ctx;
	struct same s = { l->number };

	return s.b;
}
struct later later;
struct packed packed;
struct hole hole;
enum unsigned_big unsigned_big;
maker make;
plain *go;
big_t big;
struct same same;
struct tagged tagged;
extern const void nowhere __attribute__((section(".ksyms")));
const void *reach(void) { return &nowhere; }
