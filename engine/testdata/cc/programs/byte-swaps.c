#include "common.h"
PROGRAM(byte_swaps)
{
	__u16 h;
	__u32 w;
	__u64 d;
	__builtin_memcpy(&h, in, 2);
	__builtin_memcpy(&w, in + 4, 4);
	__builtin_memcpy(&d, in + 8, 8);
	out[0] = __builtin_bswap64(d) ^ bpf_htons(h);
	out[1] = bpf_ntohl(w) + bpf_htons(0x1234) + bpf_cpu_to_be64(5);
	return __builtin_bswap16(h) + __builtin_bswap32(w);
}
