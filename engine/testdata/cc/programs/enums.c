#include "common.h"
enum color { RED, GREEN = 5, BLUE, LAST = -1 };
enum big { HUGE = 0x1ffffffffull };
PROGRAM(enums)
{
	enum color c = in[0] % 7;
	enum big b = HUGE;
	out[0] = sizeof(enum color) * 10 + sizeof(enum big);
	out[1] = b + BLUE + LAST;
	return c == GREEN ? 1 : c == BLUE ? 2 : c > RED;
}
