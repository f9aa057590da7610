#include "common.h"
PROGRAM(for_loops)
{
	__u64 sum = 0;
	for (int i = 0; i < 32; i++)
		sum += in[i];
	int found = -1;
	for (int i = 31; i >= 0; i--) {
		if (in[i] == 0)
			continue;
		found = i;
		if (in[i] > 100)
			break;
	}
	out[0] = found;
	for (int i = 0, j = 31; i < j; i++, j--)
		out[1] += in[i] ^ in[j];
	return sum;
}
