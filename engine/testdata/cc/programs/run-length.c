#include "common.h"
PROGRAM(run_length)
{
	__u32 runs = 0, longest = 0, now = 0;
	__u8 before = ~in[0];
	for (int i = 0; i < 12; i++) {
		if (in[i] == before) {
			now++;
		} else {
			runs++;
			now = 1;
		}
		if (now > longest)
			longest = now;
		before = in[i];
	}
	out[0] = longest;
	return runs;
}
