#include "common.h"
#if defined(__bpf__) && __BPF_CPU_VERSION__ >= 1 && !defined(NOTHING)
#define ON 1
#elif 1
#error unreachable
#endif
#ifdef ON
#define VALUE (__LINE__ * 0 + 8)
#else
#define VALUE 0
#endif
PROGRAM(conditions)
{
#if VALUE > 7 && (ON ? 1 : 0) && 'a' == 97 && -1 < 0
	out[0] = VALUE;
#else
	out[0] = 1;
#endif
	return in[0];
}
