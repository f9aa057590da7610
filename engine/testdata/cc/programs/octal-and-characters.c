#include "common.h"
PROGRAM(literals)
{
	out[0] = 0777 + 0x1fUL + 0b1011 + 'a' + '\n' + '\x41' + '\101' + '\0';
	out[1] = 1000;
	return 4294967296 + 0xffffffff + (in[0] ? '\\' : '\'') + -2147483648;
}
