#include "common.h"
PROGRAM(logical)
{
	int n = 0;
	if (in[0] > 4 && in[1] > 4 || in[2] == 0)
		n |= 1;
	if (!(in[0] && in[1]) && (in[2] || in[3]))
		n |= 2;
	int v = in[4] && (n += 4, in[5]);
	int w = in[6] || (n += 8, in[7]);
	out[0] = v;
	out[1] = w;
	return n;
}
