// clang -O2 -g -mcpu=v3 --target=bpf -c globals.c -o globals.o; llvm-strip -g globals.o
#define SEC(name) __attribute__((section(name)))
#define __uint(name, value) int (*name)[value]
#define __type(name, value) typeof(value) *name

struct pair {
	int a;
	long long b;
};

enum mode { SLOW, FAST };

struct {
	__uint(type, 1);
	__uint(max_entries, 16);
	__type(key, unsigned int);
	__type(value, struct pair);
} counts SEC(".maps");

extern int LINUX_KERNEL_VERSION SEC(".kconfig");
extern unsigned long CONFIG_HZ SEC(".kconfig");
extern _Bool CONFIG_BPF SEC(".kconfig");

int start = 1;
static int hidden = 4;
enum mode mode = FAST;
int mine SEC(".data.mine");

static int seen;
unsigned long long total;
struct pair pair;
struct {
	unsigned int low : 3;
	int high : 5;
	const struct {
		volatile char c;
	} inner[2];
} flags;
void *pointer;
int (*call)(const char *, ...);
const char *const words[2] = {"one", "two"};
const volatile unsigned char limit = 9;

static __attribute__((noinline)) int sum(int x)
{
	static int calls;

	return x + seen++ + hidden++ + ++calls + limit + CONFIG_HZ + LINUX_KERNEL_VERSION + CONFIG_BPF;
}

SEC("xdp")
int first(void *ctx)
{
	total += sum(start) + mine;
	return 2;
}

SEC("xdp")
int second(void *ctx)
{
	return sum(mode);
}

SEC("tc")
int third(void *ctx)
{
	return flags.low + flags.high;
}

char _license[] SEC("license") = "GPL";
