#include "common.h"
PROGRAM(matrix)
{
	__u32 a[3][3], b[3][3] = { { 1, 2, 3 }, { 0, 1, 4 }, { 5, 6, 0 } }, c[3][3] = {};
	for (int i = 0; i < 9; i++)
		a[i / 3][i % 3] = in[i];
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			for (int k = 0; k < 3; k++)
				c[i][j] += a[i][k] * b[k][j];
	out[0] = c[0][0] | (__u64)c[1][1] << 32;
	out[1] = c[2][2] | (__u64)c[0][2] << 32;
	return c[2][0];
}
