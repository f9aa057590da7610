#include "common.h"
int counter = 3;
static long total;
const volatile __u32 limit = 40;
struct { int a; char b[4]; } state = { 7, "xyz" };
__u8 scratch[32];
PROGRAM(globals)
{
	counter = in[0];
	counter += 2;
	total = counter * 2;
	scratch[in[1] & 31] = in[2];
	state.b[in[3] & 3] = 'q';
	out[0] = state.a + state.b[1] + scratch[in[1] & 31];
	out[1] = limit;
	return counter + total > limit;
}
