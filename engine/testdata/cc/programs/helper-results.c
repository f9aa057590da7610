// not repeatable: random numbers
#include "common.h"
PROGRAM(helpers)
{
	__u32 r = bpf_get_prandom_u32();
	__u64 t = bpf_ktime_get_ns(), cpu = bpf_get_smp_processor_id();
	out[0] = r % 100 < 100 && cpu < 4096;
	return t > 0;
}
