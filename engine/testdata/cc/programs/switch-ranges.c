#include "common.h"
PROGRAM(ranges)
{
	int c = (__s8)in[0], r = 0;
	switch (c) {
	case 'a' ... 'z': r = 1; break;
	case 'A' ... 'Z': r = 2; break;
	case '0' ... '9': r = 3; break;
	case -128 ... -1: r = 4; break;
	}
	switch ((__u64)in[1] << 40) {
	case 1ull << 40: r |= 16; break;
	case 0 ... 5: r |= 32; break;
	default: r |= 64;
	}
	return r;
}
