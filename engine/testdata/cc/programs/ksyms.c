#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern const void bpf_prog_active __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern int no_such_function(int) __ksym __weak;
extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF __kconfig __weak;
__u64 address, version;
SEC("tc") int symbols(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	address = (__u64)&bpf_prog_active;
	bpf_rcu_read_unlock();
	if (no_such_function)
		no_such_function(1);
	version = LINUX_KERNEL_VERSION >= 0x060000 && CONFIG_BPF;
	return version;
}
char _license[] SEC("license") = "GPL";
