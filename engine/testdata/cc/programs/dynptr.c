#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
SEC("tc") int dyn(struct __sk_buff *skb)
{
	struct bpf_dynptr p;
	__u32 v = skb->len, back = 0;
	if (bpf_ringbuf_reserve_dynptr(&ring, 32, 0, &p)) {
		bpf_ringbuf_discard_dynptr(&p, 0);
		return 2;
	}
	bpf_dynptr_write(&p, 4, &v, sizeof(v), 0);
	bpf_dynptr_read(&back, sizeof(back), &p, 4, 0);
	bpf_ringbuf_submit_dynptr(&p, 0);
	return back == v ? 0 : 2;
}
char _license[] SEC("license") = "GPL";
