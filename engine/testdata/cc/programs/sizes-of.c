#include "common.h"
PROGRAM(sizes)
{
	char c;
	int list[7];
	out[0] = sizeof c + sizeof(list) * 10 + sizeof list[0] * 1000 + sizeof(void *) * 10000;
	out[1] = sizeof(in[0] + 1) + sizeof("abc") * 10 + sizeof(long long) * 100;
	return sizeof(struct iphdr) + _Alignof(long);
}
