#include "common.h"
PROGRAM(goto_loop)
{
	int i = 0, sum = 0;
again:
	if (i < 20) {
		sum += in[i] * 3;
		i++;
		goto again;
	}
	return sum;
}
