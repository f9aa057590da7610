// The quotient of a 32-bit division, bounded, then used as an index: the verifier must see that its upper half is 0.
#include "common.h"
#define BINS 26
static __u32 bins[BINS];
static __u32 rests[8];
PROGRAM(quotient)
{
	__u32 value = *(volatile __u32 *)in, by = in[4] | 1;
	__u32 bin = value / 200, rest = value % by;
	if (bin >= BINS)
		bin = BINS - 1;
	__sync_fetch_and_add(&bins[bin], 1);
	if (rest < 8)
		rests[rest]++;
	out[0] = bins[bin];
	return rests[value / by > 7 ? 7 : value / by];
}
