// Symbols and sections: static, hidden and weak functions and variables, sections of their own, callbacks, an exception callback.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c globals.c -o globals.o && llvm-strip -g globals.o
//   clang -g -O2 --target=bpfeb … -o globals.be.o

typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define __noinline __attribute__((noinline))
#define __hidden __attribute__((visibility("hidden")))
#define __weak __attribute__((weak))
#define __exception_cb(name) __attribute__((btf_decl_tag("exception_callback:" #name)))

static long (*const bpf_loop)(u32 n, void *callback, void *ctx, u64 flags) = (void *)181;

int counter = 3;
u64 wide_counter;
static volatile int own;
const volatile int limit = 10;
__hidden int secret = 4;
__weak int maybe = 5;
int special SEC(".data.special") = 6;
static volatile int alone SEC(".data.alone") = 7;
const volatile char text[] SEC(".rodata.text") = "words";
u64 zeroes[4] SEC(".bss.zeroes");

static __noinline int add(int a, int b)
{
	own += a;
	return a + b + own;
}

__noinline int global_add(int a)
{
	return add(a, counter) + limit;
}

__hidden __noinline int hidden_add(int a)
{
	return global_add(a) + secret;
}

__weak __noinline int weak_add(int a)
{
	return a + maybe;
}

static int callback(u32 i, void *ctx)
{
	zeroes[i & 3]++;
	return add(i, 1) > 3;
}

__noinline int on_exception(u64 cookie)
{
	return cookie ? 1 : 0;
}

SEC("tc") int first(void *ctx)
{
	return hidden_add(1) + weak_add(2) + special;
}

SEC("tc") int second(void *ctx)
{
	bpf_loop(4, callback, 0, 0);
	return text[1] + alone;
}

SEC("?xdp.frags") int third(void *ctx)
{
	wide_counter++;
	return add(1, 2);
}

SEC("tc") __exception_cb(on_exception) int throws(void *ctx)
{
	return global_add(0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
u32 _version SEC("version") = 0x060c00;
