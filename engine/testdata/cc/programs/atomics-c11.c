#include "common.h"
static __u64 v;
PROGRAM(atomics_c11)
{
	v = in[0];
	__u64 a = __atomic_fetch_add(&v, 3, __ATOMIC_RELAXED);
	__u64 b = __atomic_load_n(&v, __ATOMIC_RELAXED);
	__u64 c = __atomic_exchange_n(&v, 100, __ATOMIC_SEQ_CST);
	__u64 want = 100;
	_Bool ok = __atomic_compare_exchange_n(&v, &want, 7, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	__atomic_store_n(&v, v + 1, __ATOMIC_RELAXED);
	out[0] = a + b * 1000 + c;
	out[1] = ok;
	return v;
}
