#include "common.h"
static const int low[] = { 1, 2, 3, 4 };
static const int high[] = { 10, 20, 30, 40 };
PROGRAM(global_pointers)
{
	const int *t = in[0] & 1 ? high : low;
	out[0] = t[in[1] & 3];
	out[1] = &low[3] - low;
	return t[0];
}
