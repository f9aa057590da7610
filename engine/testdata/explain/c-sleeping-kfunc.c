// kfunc/sleeps
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct bpf_key *bpf_lookup_user_key(s32 serial, u64 flags) __ksym;
extern void bpf_key_put(struct bpf_key *key) __ksym;

SEC("lsm/file_open")
int BPF_PROG(opened, struct file *file)
{
	struct bpf_key *key = bpf_lookup_user_key(1, 0);

	if (key)
		bpf_key_put(key);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
