#include "common.h"
PROGRAM(sorting)
{
	__u8 v[8];
	__builtin_memcpy(v, in, 8);
	for (int i = 0; i < 7; i++)
		for (int j = 0; j < 7; j++)
			if (v[j] > v[j + 1]) {
				__u8 t = v[j];
				v[j] = v[j + 1];
				v[j + 1] = t;
			}
	__builtin_memcpy(&out[0], v, 8);
	return v[0] + v[7];
}
