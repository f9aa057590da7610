#include "common.h"
static __noinline int next(int step)
{
	static int counter = 5;
	counter += step;
	return counter;
}
PROGRAM(static_locals)
{
	static const __u8 primes[] = { 2, 3, 5, 7, 11, 13, 17, 19 };
	static __u64 calls;
	calls++;
	int first = next(in[0]);
	int second = next(1);
	out[0] = second - first;
	return primes[in[1] & 7];
}
