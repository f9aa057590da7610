#include "common.h"
struct odd { __u8 a; __u32 b : 11; __u32 c : 17; __u64 d : 33; } __attribute__((packed));
PROGRAM(bit_fields_packed)
{
	struct odd o = {};
	o.a = in[0];
	o.b = in[1] * 9;
	o.c = in[2] * 513;
	o.d = (__u64)in[3] << 25 | in[4];
	out[0] = o.b | (__u64)o.c << 32;
	out[1] = o.d;
	return o.a + sizeof(o);
}
