#include "common.h"
PROGRAM(conditional)
{
	int a = in[0], b = in[1];
	out[0] = a ?: b;
	out[1] = a > b ? a - b : a < b ? b - a : 1000;
	const char *p = a & 1 ? "odd" : "even";
	return p[0] + (b & 1 ? (__u8)a : -b);
}
