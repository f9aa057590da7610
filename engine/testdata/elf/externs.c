// Externs: the kernel's configuration, functions and variables of kernel.c, weak ones that nobody has.
//   clang -g -O2 --target=bpf -mcpu=v3 -fdebug-prefix-map=$PWD=. -c externs.c -o externs.o && llvm-strip -g externs.o

typedef _Bool bool;
typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))
#define __weak __attribute__((weak))

enum libbpf_tristate { TRI_NO, TRI_YES, TRI_MODULE };

extern int LINUX_KERNEL_VERSION __kconfig;
extern bool LINUX_HAS_BPF_COOKIE __kconfig __weak;
extern bool LINUX_HAS_SOMETHING __kconfig __weak;
extern bool CONFIG_BOOL __kconfig;
extern enum libbpf_tristate CONFIG_TRISTATE __kconfig;
extern char CONFIG_CHAR __kconfig;
extern u64 CONFIG_NUMBER __kconfig;
extern short CONFIG_SHORT __kconfig;
extern char CONFIG_TEXT[8] __kconfig;
extern int CONFIG_NOT_THERE __kconfig __weak;

struct node {
	struct node *next;
};

extern int kernel_add(int a, int b) __ksym;
extern int kernel_add___flavour(int a, int b) __ksym;
extern int kernel_lost(int a) __ksym __weak;
extern int kernel_put(int a) __ksym __weak;
extern const int kernel_number __ksym;
extern const struct node kernel_node __ksym;
extern const int kernel_nothing __ksym __weak;
extern const void kernel_address __ksym;
extern const void kernel_no_address __ksym __weak;

u64 out[16];

SEC("raw_tp/config") int config(void *ctx)
{
	out[0] = LINUX_KERNEL_VERSION;
	out[1] = LINUX_HAS_BPF_COOKIE + LINUX_HAS_SOMETHING;
	out[2] = CONFIG_BOOL;
	out[3] = CONFIG_TRISTATE;
	out[4] = CONFIG_CHAR;
	out[5] = CONFIG_NUMBER + CONFIG_SHORT;
	out[6] = CONFIG_TEXT[2];
	out[7] = CONFIG_NOT_THERE;
	return 0;
}

SEC("tc") int functions(void *ctx)
{
	int sum = kernel_add(1, 2) + kernel_add___flavour(3, 4);

	if (kernel_lost)
		sum += kernel_lost(1);
	if (kernel_put)
		sum += kernel_put(1);
	return sum;
}

SEC("tc") int variables(void *ctx)
{
	out[8] = (u64)&kernel_number;
	out[9] = (u64)&kernel_node;
	out[10] = (u64)&kernel_nothing;
	out[11] = (u64)&kernel_address;
	out[12] = (u64)&kernel_no_address;
	return 0;
}

char _license[] SEC("license") = "GPL";
