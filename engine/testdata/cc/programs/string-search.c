#include "common.h"
PROGRAM(search)
{
	static const char word[] = "GET ";
	int at = -1;
	for (int i = 0; i < 24 && at < 0; i++) {
		int k = 0;
		while (k < 4 && in[i + k] == (__u8)word[k])
			k++;
		if (k == 4)
			at = i;
	}
	return at;
}
