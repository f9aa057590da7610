#include "common.h"
static __always_inline __u32 rol32(__u32 w, unsigned s) { return w << s | w >> (-s & 31); }
#define MIX(a, b, c) { a -= c; a ^= rol32(c, 4); c += b; b -= a; b ^= rol32(a, 6); a += c; c -= b; c ^= rol32(b, 8); b += a; \
	a -= c; a ^= rol32(c, 16); c += b; b -= a; b ^= rol32(a, 19); a += c; c -= b; c ^= rol32(b, 4); b += a; }
PROGRAM(hashes)
{
	__u32 a = 0xdeadbeef, b = a, c = a, w[12];
	__builtin_memcpy(w, in, sizeof(w));
	for (int i = 0; i < 12; i += 3) {
		a += w[i];
		b += w[i + 1];
		c += w[i + 2];
		MIX(a, b, c);
	}
	__u32 crc = ~0u;
	for (int i = 0; i < 8; i++) {
		crc ^= in[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (0xedb88320 & -(crc & 1));
	}
	out[0] = ~crc;
	return c;
}
