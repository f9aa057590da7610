// Markers of a user program: plain handlers with arguments, a cookie, and one that walks all the arguments.
#define BPF_USDT_MAX_SPEC_CNT 32
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/usdt.bpf.h>

struct event {
	__u32 pid;
	__s32 status;
	long cookie;
	char name[32];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} events SEC(".maps");

long last[BPF_USDT_MAX_ARG_CNT];
int count, width;

SEC("usdt//usr/bin/server:server:request_done")
int BPF_USDT(request_done, const char *name, int status)
{
	struct event *e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);

	if (!e)
		return 0;
	e->pid = bpf_get_current_pid_tgid() >> 32;
	e->status = status;
	e->cookie = bpf_usdt_cookie(ctx);
	bpf_probe_read_user_str(e->name, sizeof(e->name), name);
	bpf_ringbuf_submit(e, 0);
	return 0;
}

SEC("usdt/libc.so.6:libc:memory_heap_new")
int BPF_USDT(heap_new, void *heap, unsigned long size)
{
	last[0] = (long)heap;
	last[1] = size;
	width = bpf_usdt_arg_size(ctx, 1);
	return 0;
}

SEC("usdt")
int every_argument(struct pt_regs *ctx)
{
	int i, n = bpf_usdt_arg_cnt(ctx);

	if (n < 0)
		return 0;
	count = n;
	for (i = 0; i < BPF_USDT_MAX_ARG_CNT; i++) {
		long value;

		if (i >= n || bpf_usdt_arg(ctx, i, &value))
			break;
		last[i] = value;
	}
	return 0;
}

char _license[] SEC("license") = "GPL";
