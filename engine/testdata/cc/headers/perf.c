#include <linux/ptrace.h>
#include <linux/version.h>
#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>
#include <linux/perf_event.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, 127 * sizeof(__u64));
	__uint(max_entries, 100);
} stacks SEC(".maps");

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	struct bpf_perf_event_value value;
	char format[] = "%d at %lx";
	long id = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);

	bpf_perf_prog_read_value(ctx, &value, sizeof(value));
	bpf_trace_printk(format, sizeof(format), id, PT_REGS_IP(&ctx->regs));
	return ctx->sample_period > value.counter;
}

char _license[] SEC("license") = "GPL";
unsigned int _version SEC("version") = LINUX_VERSION_CODE;
