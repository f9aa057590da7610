#include "common.h"
PROGRAM(nested)
{
	__u32 grid[4][4];
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++)
			grid[i][j] = in[i * 4 + j] * (i + 1);
	__u32 trace = 0, total = 0;
	for (int i = 0; i < 4; i++) {
		trace += grid[i][i];
		for (int j = 0; j < 4; j++)
			total += grid[j][i] << i;
	}
	out[0] = trace;
	return total;
}
