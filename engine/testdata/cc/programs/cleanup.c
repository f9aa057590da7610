#include "common.h"
static int closed;
static __always_inline void done(int *v) { closed += *v; }
PROGRAM(cleanup)
{
	closed = 0;
	{
		int a __attribute__((cleanup(done))) = in[0];
		for (int i = 0; i < 3; i++) {
			int b __attribute__((cleanup(done))) = 1;
			if (in[i] > 100)
				break;
		}
		if (in[1] > 50)
			goto end;
	}
	closed += 1000;
end:
	out[0] = closed;
	return 0;
}
