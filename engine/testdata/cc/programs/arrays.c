#include "common.h"
PROGRAM(arrays)
{
	__u8 bytes[16];
	__u32 words[4] = { 1, 2, 3 };
	for (int i = 0; i < 16; i++)
		bytes[i] = in[15 - i];
	for (int i = 0; i < 4; i++)
		words[i] += bytes[i] << 8 | bytes[i + 4];
	__u32 *p = &words[1];
	out[0] = p[1] - p[-1];
	out[1] = sizeof(words) / sizeof(words[0]) + (&words[3] - p);
	return words[in[20] & 3];
}
