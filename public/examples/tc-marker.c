// Marks what leaves: DNS gets priority mark 1, other UDP 2, everything else 0; telnet is dropped at egress.
// Try: look at the mark of each packet in the Output panel's trace, then change the port.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

SEC("tc/egress")
int mark_egress(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	__u32 mark = 0;

	if ((void *)(udp + 1) <= data_end && eth->h_proto == bpf_htons(ETH_P_IP) && ip->ihl == 5) {
		switch (ip->protocol) {
		case IPPROTO_UDP:
			mark = udp->dest == bpf_htons(53) ? 1 : 2;
			break;
		case IPPROTO_TCP:
			if (udp->dest == bpf_htons(23)) /* ports stand in the same place */
				return TC_ACT_SHOT;
		}
	}
	skb->mark = mark;
	bpf_printk("mark %d", mark);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
