#include "common.h"
PROGRAM(signed_powers)
{
	int a = (int)(in[0] << 24) >> 8;
	long b = (long)a << 20;
	out[0] = a / 8 + a % 8;
	out[1] = b / 4096 + b % 4096;
	return a / 2 - b / 2;
}
