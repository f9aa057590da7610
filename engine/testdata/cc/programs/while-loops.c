#include "common.h"
PROGRAM(while_loops)
{
	int i = 0, n = 0;
	while (i < 40 && in[i])
		i++;
	do {
		n += i & 3;
		i -= 2;
	} while (i > 0);
	out[0] = i;
	return n;
}
