#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
SEC("kprobe/do_unlinkat") int BPF_KPROBE(probe, int dfd, struct filename *name)
{
	bpf_printk("%s", name->name);
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
