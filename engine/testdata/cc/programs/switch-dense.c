#include "common.h"
PROGRAM(dense)
{
	int r;
	switch (in[0] & 7) {
	case 0: r = 10; break;
	case 1: r = 21; break;
	case 2: r = in[1]; break;
	case 3:
	case 4: r = in[2] + 1;
	/* fall through */
	case 5: r = 77; break;
	default: r = -1;
	}
	return r;
}
