// Internet checksums: whole, and as the difference that a changed field makes (RFC 1624).
#ifndef SUMS_H
#define SUMS_H
#include <linux/types.h>

static __always_inline __u16 sum_fold(__u64 sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static __always_inline __u16 sum_of_header(const void *header, __u32 words)
{
	const __u16 *p = header;
	__u64 sum = 0;

#pragma unroll
	for (__u32 i = 0; i < words; i++)
		sum += p[i];
	return ~sum_fold(sum);
}

static __always_inline void sum_replace16(__u16 *check, __u16 from, __u16 to)
{
	__u64 sum = (__u16)~*check;

	sum += (__u16)~from;
	sum += to;
	*check = ~sum_fold(sum);
}

static __always_inline void sum_replace32(__u16 *check, __u32 from, __u32 to)
{
	__u64 sum = (__u16)~*check;

	sum += (__u32)~from;
	sum += to;
	*check = ~sum_fold(sum);
}
#endif
