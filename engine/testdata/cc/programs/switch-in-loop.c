#include "common.h"
PROGRAM(machine)
{
	int acc = 0, state = 0;
	for (int i = 0; i < 24; i++) {
		switch (state) {
		case 0:
			if (in[i] & 1)
				state = 1;
			break;
		case 1:
			acc += in[i];
			if (in[i] & 2) {
				state = 2;
				continue;
			}
			break;
		case 2:
			acc ^= 0x55;
			state = in[i] % 3;
		}
		if (acc > 2000)
			goto done;
	}
done:
	out[0] = state;
	return acc;
}
