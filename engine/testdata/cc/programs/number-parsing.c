#include "common.h"
PROGRAM(number_parsing)
{
	__u64 v = 0;
	int i;
	for (i = 0; i < 16; i++) {
		__u8 c = in[i];
		if (c < '0' || c > '9')
			break;
		v = v * 10 + (c - '0');
	}
	out[0] = v;
	return i;
}
