#include "common.h"
static __always_inline int grade(__u8 v)
{
	if (v < 10)
		return 1;
	if (v < 50) {
		for (int i = 0; i < 5; i++)
			if (v % (i + 3) == 0)
				return 10 + i;
		return 2;
	}
	return v > 200 ? 3 : 4;
}
PROGRAM(early_returns)
{
	out[0] = grade(in[0]);
	out[1] = grade(in[1]);
	return grade(in[2]);
}
