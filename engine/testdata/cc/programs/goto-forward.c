#include "common.h"
PROGRAM(forward)
{
	int r = 1;
	if (in[0] > 200)
		goto big;
	if (in[0] > 100) {
		r = 2;
		goto end;
	}
	r = 3;
	goto end;
big:
	r = 4 + in[1];
end:
	return r;
}
