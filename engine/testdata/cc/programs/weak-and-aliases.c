#include "common.h"
__weak __u32 option = 11;
__attribute__((section(".data.custom"))) __u32 custom = 5;
const __u64 wide[] = { 1, 2, 3 };
PROGRAM(weak)
{
	custom += in[0];
	out[0] = option + custom;
	return wide[in[1] & 1];
}
