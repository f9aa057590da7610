#include "common.h"
struct record { __u8 mac[6]; __u16 kind; __u32 address[4]; };
PROGRAM(memory)
{
	struct record a, b;
	__builtin_memcpy(&a, in, sizeof(a));
	__builtin_memset(&b, 0, sizeof(b));
	b = a;
	__builtin_memmove(b.mac, b.mac + 1, 5);
	__builtin_memset(b.address, in[30], sizeof(b.address));
	out[0] = __builtin_memcmp(a.mac, b.mac, 6) ? 1 : 2;
	out[1] = __builtin_memcmp(&a, in, sizeof(a)) == 0;
	int order = __builtin_memcmp(in, in + 8, 8);
	return (order < 0) + b.mac[0] * 2 + b.address[3];
}
