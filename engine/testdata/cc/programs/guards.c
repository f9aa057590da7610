// Conditions the compiler must not touch: assertions that throw, comparisons kept as written, loops that may stop.
#include "vmlinux.h"
#include <limits.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf_experimental.h"

__u64 table[16], sum;

__noinline int last_words(__u64 cookie)
{
	sum += cookie;
	return cookie & 7;
}

SEC("tc")
__exception_cb(last_words)
int asserted(struct __sk_buff *skb)
{
	__u64 at = skb->len / 8;
	__s64 mark = skb->mark;

	bpf_assert_range(at, 0, 15);
	bpf_assert_with(mark >= 0, 5);
	table[at]++;
	return table[at];
}

SEC("tc")
int compared(struct __sk_buff *skb)
{
	__u32 len = skb->len;
	__s32 signed_len = (__s32)len - 60;
	__u64 wide = (__u64)len << 33;
	int score = 0;

	if (bpf_cmp_likely(len, >=, 60))
		score |= 1;
	if (bpf_cmp_unlikely(signed_len, <, 0))
		score |= 2;
	if (bpf_cmp_likely(wide, >, 1ull << 38))
		score |= 4;
	if (bpf_cmp_unlikely(len, &, 1))
		score |= 8;
	if (bpf_cmp_likely(len, !=, 74))
		score |= 16;
	return score;
}

SEC("tc")
int stoppable(struct __sk_buff *skb)
{
	__u32 i, found = 0;

	for (i = 0; i < skb->len && can_loop; i++)
		found += table[i & 15] + i;
	for (i = 0;; i++) {
		cond_break;
		if (i == 9)
			break;
		found ^= i << 3;
	}
	bpf_nop_mov(found);
	return found & 0xff;
}

char _license[] SEC("license") = "GPL";
