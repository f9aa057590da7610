#include "common.h"
static __always_inline char digit(__u8 v) { return v < 10 ? '0' + v : 'a' + v - 10; }
PROGRAM(hexadecimal)
{
	char text[16];
	for (int i = 0; i < 8; i++) {
		text[2 * i] = digit(in[i] >> 4);
		text[2 * i + 1] = digit(in[i] & 15);
	}
	__builtin_memcpy(out, text, sizeof(text));
	return text[in[8] & 15];
}
