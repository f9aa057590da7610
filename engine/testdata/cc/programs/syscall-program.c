#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct request { __u64 a, b, sum; __u32 digits[8]; };
SEC("syscall") int add(struct request *r)
{
	__u64 v = r->a + r->b;
	r->sum = v;
	for (int i = 0; i < 8; i++) {
		r->digits[i] = v % 10;
		v /= 10;
	}
	return r->digits[0];
}
char _license[] SEC("license") = "GPL";
