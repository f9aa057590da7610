#include "common.h"
static const int table[16] = { [3] = 30, [5 ... 8] = 50, 90, [1] = 10, [15] = 150 };
struct row { const char name[8]; int values[3]; };
static const struct row rows[] = { { "one", { 1 } }, { .values = { [1] = 22, 33 }, .name = "two" } };
PROGRAM(designated)
{
	out[0] = table[in[0] & 15];
	out[1] = rows[in[1] & 1].values[2] + rows[in[1] & 1].name[0];
	return sizeof(rows);
}
