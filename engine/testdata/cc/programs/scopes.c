#include "common.h"
static int v = 1;
PROGRAM(scopes)
{
	int r = v;
	int v = in[0];
	r += v;
	{
		int v = in[1];
		r += v * 10;
		for (int v = 0; v < 3; v++)
			r += v;
	}
	if (1) {
		extern int other;
		r += other;
	}
	return r + v;
}
int other = 6;
