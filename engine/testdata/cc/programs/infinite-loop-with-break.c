#include "common.h"
PROGRAM(forever)
{
	int i = 0, acc = 0;
	for (;;) {
		if (i >= 30)
			break;
		acc += in[i++];
		if (acc > 1000)
			break;
		if (acc & 1)
			continue;
		acc ^= 2;
	}
	while (1) {
		acc -= 7;
		if (--i <= 0)
			break;
	}
	return acc;
}
