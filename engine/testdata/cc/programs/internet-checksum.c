#include "common.h"
static __always_inline __u16 fold(__u64 sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}
PROGRAM(checksum)
{
	__u64 sum = 0;
	__u16 *p = (__u16 *)in;
	for (int i = 0; i < 20; i++)
		sum += p[i];
	__s64 diff = bpf_csum_diff(0, 0, (__be32 *)in, 40, 0);
	out[0] = fold(diff);
	return fold(sum);
}
