#include "common.h"
#define MAX(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
#define CAT(a, b) a##b
#define STR(x) #x
#define SUM(first, ...) (first + (0, ##__VA_ARGS__))
#define COUNT_(a, b, c, d, n, ...) n
#define COUNT(...) COUNT_(__VA_ARGS__, 4, 3, 2, 1)
PROGRAM(macros)
{
	int CAT(va, lue) = MAX(in[0], in[1]);
	out[0] = SUM(in[2], in[3], in[4]) + SUM(1);
	out[1] = COUNT(1, 2, 3) + sizeof(STR(a b));
	return value;
}
