#include "parse.h"
#define ROUND(a, b, c, d) { a += b; b = b << 13 | b >> 51; b ^= a; a = a << 32 | a >> 32; c += d; d = d << 16 | d >> 48; d ^= c; \
	a += d; d = d << 21 | d >> 43; d ^= a; c += b; b = b << 17 | b >> 47; b ^= c; c = c << 32 | c >> 32; }
static __noinline __u64 siphash(__u64 m, __u64 k0, __u64 k1)
{
	__u64 a = k0 ^ 0x736f6d6570736575ull, b = k1 ^ 0x646f72616e646f6dull;
	__u64 c = k0 ^ 0x6c7967656e657261ull, d = k1 ^ 0x7465646279746573ull;
	d ^= m;
	ROUND(a, b, c, d);
	ROUND(a, b, c, d);
	a ^= m;
	c ^= 0xff;
	for (int i = 0; i < 4; i++)
		ROUND(a, b, c, d);
	return a ^ b ^ c ^ d;
}
SEC("xdp") int cookie(struct xdp_md *ctx)
{
	__u64 *p = packet(ctx);
	if (!p)
		return XDP_PASS;
	p[0] = siphash(p[1], p[2], p[3]);
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
