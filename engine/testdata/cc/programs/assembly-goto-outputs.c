// asm goto with outputs, which hold on every way out; and what the assembler's macro language makes.
#include "common.h"

static __noinline long classify(long x)
{
	long y = x & 0xff, z;

	asm goto("%[z] = %[x]; %[y] += 1; if %[x] == 7 goto %l[seven]; if %[x] s> 200 goto %l[large]; %[z] += 3"
		 : [y] "+r"(y), [z] "=&r"(z)
		 : [x] "r"(x)
		 :
		 : seven, large);
	return y * 1000 + z;
seven:
	return y * 100000 + z;
large:
	return y * 10000000 + z;
}

PROGRAM(outputs)
{
	long sum = 0;

	asm volatile(".rept %[n]\n"
		     "%[sum] += 2\n"
		     ".endr\n"
		     ".irp k, 3, 5\n"
		     "%[sum] += \\k\n"
		     ".endr\n"
		     ".if %[n] == 4\n"
		     "%[sum] <<= 1\n"
		     ".else\n"
		     "%[sum] = 0\n"
		     ".endif"
		     : [sum] "+r"(sum)
		     : [n] "i"(4));
	out[0] = sum == 32 ? classify(in[1]) : 0;
	out[1] = classify(in[2]) + classify(7) * 3 + classify(201) * 5;
	return classify(in[3]);
}
