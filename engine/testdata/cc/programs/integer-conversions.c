#include "common.h"
PROGRAM(conversions)
{
	__u32 w;
	__builtin_memcpy(&w, in + 4, 4);
	_Bool t = w & 0xf00;
	char c = (char)w;
	short s = (short)(w >> 3);
	long l = (int)w;
	unsigned long ul = (unsigned short)l;
	out[0] = (unsigned char)c + (long)s;
	out[1] = t ? ul : ~ul;
	return (long)(signed char)(w >> 8) + (__u64)(__s16)w;
}
