#include "common.h"
PROGRAM(statement_expressions)
{
	int a = ({ int t = in[0]; t * t; });
	int b = ({ for (int i = 0; i < 4; i++) a += in[i]; a & 0xff; });
	struct { int x, y; } s = ({ typeof(s) t = { a, b }; t; });
	out[0] = s.x - s.y;
	out[1] = ({ if (in[1] > 10) goto out; in[1]; });
	return b;
out:
	return 99;
}
