#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("tc") int numbers(struct __sk_buff *skb)
{
	int i, sum = 0;
	bpf_for(i, 2, 12)
		sum += i;
	bpf_repeat(3)
		sum++;
	return sum == 68 ? 0 : 2;
}
char _license[] SEC("license") = "GPL";
